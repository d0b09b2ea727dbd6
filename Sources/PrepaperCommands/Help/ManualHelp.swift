import Foundation
import Glibc
import PrepaperApp
import PrepaperProcesses
import Subprocess
import SystemPackage

/// `prepaper help TOPIC`: a topic of the manual, in a pager where somebody reads it on a terminal.
///
/// Words that are no topic are commands, of which ArgumentParser tells.
struct ManualHelp {
  private let topic: ManualTopic

  /// The help that a command line asks for; nil where it asks for something else.
  init?(_ arguments: [String]) {
    guard arguments.count == 2, arguments[0] == "help",
      let topic = ManualTopic.all.first(where: { $0.name == arguments[1] })
    else { return nil }
    self.topic = topic
  }

  /// Shows it.
  func show() async {
    let environment = ProcessInfo.processInfo.environment
    if isatty(STDOUT_FILENO) == 1, environment["TERM"] != "dumb", await page(environment["PAGER"]) { return }
    StandardStream.output.write(Array(topic.text.utf8))
  }

  /// Shows it in a pager; false where none can be started.
  private func page(_ wanted: String?) async -> Bool {
    let words = (wanted ?? "").split(separator: " ").map(String.init)
    // What the reader has set is a command of the reader's own.
    let (pager, arguments) = words.first.map { ($0, Array(words.dropFirst())) } ?? ("less", ["-FRX"])
    // Ctrl-C is for the pager, as in man; it begins with signals as they are by default.
    let whenInterrupted = signal(SIGINT, SIG_IGN)
    defer { signal(SIGINT, whenInterrupted) }
    do {
      // A file in memory: the library ends this process where a pager ends before it has read all of a text.
      let text = FileDescriptor(rawValue: try SealedInput(Array(topic.text.utf8), to: pager).descriptor)
      _ = try await Subprocess.run(
        .name(pager), arguments: Arguments(arguments),
        input: .fileDescriptor(text, closeAfterSpawningProcess: true),
        output: .fileDescriptor(.standardOutput, closeAfterSpawningProcess: false),
        error: .fileDescriptor(.standardError, closeAfterSpawningProcess: false))
      // How a pager ends says nothing: it may be left at any time.
      return true
    } catch let error as SubprocessError where ![.executableNotFound, .spawnFailed].contains(error.code) {
      return true
    } catch {
      return false
    }
  }
}
