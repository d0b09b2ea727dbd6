import Subprocess
import SystemPackage

/// A program of the system that is asked something, within a limit of time and of bytes.
struct SystemProgram {
  /// What came of it.
  enum Answer: Hashable, Sendable {
    /// What it has printed, having ended with 0.
    case text(String)
    /// It is not there, or has ended otherwise than with 0.
    case refused
    /// It was ended, because it took too long.
    case late
    /// It was ended, because it has printed too much.
    case long
  }

  /// Its absolute path.
  let path: String
  /// How long it may take.
  var patience = Duration.seconds(10)
  /// How much it may print, in bytes.
  var mostBytes = 1 << 16

  /// Asks it.
  ///
  /// It gets no input, and what it says on standard error is passed over.
  func answer(_ arguments: [String]) async -> Answer {
    await withTaskGroup(of: Answer.self) { group in
      group.addTask { await run(arguments) }
      group.addTask {
        // It throws where the answer is there, or nobody waits for it any more.
        do { try await Task.sleep(for: patience) } catch { return .refused }
        return .late
      }
      let first = await group.next() ?? .refused
      // A program that is late is killed by this, and waited for.
      group.cancelAll()
      return first
    }
  }

  private func run(_ arguments: [String]) async -> Answer {
    do {
      let result = try await Subprocess.run(
        .path(FilePath(path)), arguments: Arguments(arguments), output: .bytes(limit: mostBytes))
      guard result.terminationStatus.isSuccess else { return .refused }
      return .text(String(decoding: result.standardOutput, as: UTF8.self))
    } catch let error as SubprocessError where error.code == .outputLimitExceeded {
      return .long
    } catch {
      return .refused
    }
  }
}
