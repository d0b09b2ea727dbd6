import Glibc
import PrepaperDomain
import PrepaperJSON
import PrepaperMarketData
import PrepaperRun

/// `prepaper prove`: executes a run again for another process of this program, which sends its order and reads the
/// verdict.
package struct OrderedProof {
  /// The only word on its command line.
  package static let command = "prove"

  /// About how many bytes a strategy's program gets at once: fewer than in a run.
  private static let pieceSize = 1 << 12

  /// A proof that has no order yet.
  package init() {}

  /// Proves what is ordered on standard input, and prints the verdict or the error as JSON.
  ///
  /// - Throws: `RunError` where there is no order.
  package func run() async throws {
    let order = try order()
    let answer: JSONValue
    do {
      let settings = try await Settings()
      let replayer = RunReplayer(
        strategies: settings.strategyCatalog(pieceSize: Self.pieceSize) { line in
          StandardStream.errors.writeLine("replay: \(line)")
        }, archive: CSVBarArchive(), clock: SystemClock())
      answer = try await replayer.prove(order).json
    } catch {
      guard let failure = AppError(error) else { throw error }
      answer = .object(["error": .object(["code": .string(failure.code), "message": .string(failure.message)])])
    }
    StandardStream.output.write(CanonicalJSON.compact(answer))
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
}
