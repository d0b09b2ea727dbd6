import Foundation
import PrepaperArtifacts
import PrepaperDomain
import PrepaperQueue

/// Many submissions on the standard input, as JSON lines; a blank line is none.
struct BulkInput {
  /// More would hold the queue so long in one transaction that workers could lose their leases.
  private static let mostRuns = 100_000

  private let defaultRoot: String?
  private let settings: Settings
  private let now: UTCTimestamp
  /// A root is looked at once, not for each of a thousand runs.
  private var roots: [String?: String] = [:]

  /// - Parameters:
  ///   - artifactsRoot: the root of runs that name none, if a flag says so.
  ///   - now: what a delay counts from.
  init(artifactsRoot: String?, settings: Settings, now: UTCTimestamp) {
    defaultRoot = artifactsRoot
    self.settings = settings
    self.now = now
  }

  /// Reads them all.
  ///
  /// - Throws: `CommandFailure` with exit code 65, which names the line and the key; 66 where there is nothing to read.
  consuming func submissions() throws(CommandFailure) -> [Submission] {
    let input: Data
    do {
      input = try FileHandle.standardInput.readToEnd() ?? Data()
    } catch {
      throw CommandFailure(
        "input_missing", "cannot read the standard input: \(error.localizedDescription)", .inputMissing)
    }
    var submissions: [Submission] = []
    for (number, line) in input.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
      guard !line.allSatisfy(\.isSpace) else { continue }
      guard submissions.count < Self.mostRuns else {
        throw fault(number, "no more than \(Self.mostRuns) runs at once; split the input")
      }
      do {
        submissions.append(try submission(try BulkLine(Array(line))))
      } catch let fault {
        throw self.fault(number, fault.description)
      }
    }
    return submissions
  }

  private mutating func submission(_ line: BulkLine) throws(FieldFault) -> Submission {
    let (request, job) = (try line.request(), try line.job())
    return Submission(
      try request.request(artifactsRoot: try root(line), .keys), try job.options(.keys, now: now))
  }

  private mutating func root(_ line: BulkLine) throws(FieldFault) -> String {
    let name = try line.artifactsRoot() ?? defaultRoot
    if let root = roots[name] { return root }
    do {
      let root = try artifactsRootPath(flag: name, settings: settings)
      roots[name] = root
      return root
    } catch let failure {
      throw FieldFault("artifacts_root: \(failure.message).")
    }
  }

  private func fault(_ line: Int, _ words: String) -> CommandFailure {
    CommandFailure("input_invalid", "line \(line + 1): \(words) Nothing was submitted", .data)
  }
}

extension UInt8 {
  fileprivate var isSpace: Bool { [UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r")].contains(self) }
}
