import Foundation
import Glibc
import PrepaperApp
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
    // Ctrl-C is for the pager, as in man, and one that is left before it has read all is no fault. Nothing comes after
    // this, so nothing is put back; the pager begins with signals as they are by default.
    signal(SIGINT, SIG_IGN)
    signal(SIGPIPE, SIG_IGN)
    do {
      _ = try await Subprocess.run(
        .name(pager), arguments: Arguments(arguments), input: .string(topic.text),
        output: .fileDescriptor(.standardOutput, closeAfterSpawningProcess: false),
        error: .fileDescriptor(.standardError, closeAfterSpawningProcess: false))
      return true
    } catch let error as SubprocessError where [.executableNotFound, .spawnFailed].contains(error.code) {
      return false
    } catch {
      return true
    }
  }
}
