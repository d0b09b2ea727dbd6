import Glibc
import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import PrepaperMarketData
import PrepaperRun

/// `prepaper prove`: executes a run again for another process of this program, which sends its order and reads the
/// verdict.
struct ProveCommand {
  /// The only word on its command line.
  static let name = "prove"

  /// About how many bytes a strategy's program gets at once: fewer than in a run.
  private static let pieceSize = 1 << 12

  /// Proves what is ordered on standard input, and prints the verdict or the error as JSON.
  ///
  /// - Throws: `RunError` where there is no order.
  func run() async throws {
    let order = try order()
    let answer: JSONValue
    do {
      let settings = try await Settings()
      let replayer = RunReplayer(
        strategies: settings.strategyCatalog(pieceSize: Self.pieceSize) { line in
          CommandOutput(isJSON: false).say("replay: \(line)")
        }, archive: CSVBarArchive(), clock: SystemClock())
      answer = try await replayer.prove(order).json
    } catch {
      guard let failure = CommandFailure(error) else { throw error }
      answer = .object(["error": failure.json])
    }
    write(CanonicalJSON.compact(answer))
  }

  private func order() throws -> ProofOrder {
    guard isatty(STDIN_FILENO) == 0 else { throw notForPeople }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe read(STDIN_FILENO, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      bytes.append(contentsOf: chunk[..<count])
    }
    guard let order = ProofOrder(try JSONParser.parse(bytes)) else {
      throw notForPeople
    }
    return order
  }

  private var notForPeople: RunError {
    RunError(.unexpected, "this command is for prepaper itself, which tells it what to prove; try prepaper replay")
  }

  private func write(_ bytes: [UInt8]) {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes[written...].withUnsafeBytes {
        unsafe Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      written += count
    }
  }
}
