import Foundation
import PrepaperArtifacts
package import PrepaperDomain
import PrepaperJSON
package import PrepaperQueue

/// Many submissions as JSON lines, in a file or on the standard input; a blank line is none.
package struct BulkInput {
  /// More would hold the queue so long in one transaction that workers could lose their leases.
  private static let mostRuns = 100_000

  /// What stands for the day of a session.
  private static let sessionMark = "{session}"

  private let file: String?
  private let session: CivilDate?
  private let defaultRoot: String?
  private let settings: Settings
  private let now: UTCTimestamp
  /// A root is looked at once, not for each of a thousand runs.
  private var roots: [String?: String] = [:]

  /// Input that is not read yet.
  ///
  /// - Parameters:
  ///   - file: the file's path; nil for the standard input.
  ///   - session: the day that stands in the place of each `{session}`; nil to leave them as they are.
  ///   - artifactsRoot: the root of runs that name none, if a flag says so.
  ///   - now: what a delay counts from.
  package init(file: String?, session: CivilDate?, artifactsRoot: String?, settings: Settings, now: UTCTimestamp) {
    self.file = file
    self.session = session
    defaultRoot = artifactsRoot
    self.settings = settings
    self.now = now
  }

  /// Reads them all.
  ///
  /// - Throws: `AppError` with `data`, which names the line and the key; `inputMissing` where there is nothing to read.
  package consuming func submissions() throws(AppError) -> [Submission] {
    let input = try lines()
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

  private func lines() throws(AppError) -> Data {
    let input: Data
    do {
      input =
        try file.map { try Data(contentsOf: URL(fileURLWithPath: $0)) }
        ?? FileHandle.standardInput.readToEnd() ?? Data()
    } catch {
      throw AppError(
        "input_missing", "cannot read \(file ?? "the standard input"): \(error.localizedDescription)", .inputMissing)
    }
    guard let session else { return input }
    return Data(String(decoding: input, as: UTF8.self).replacing(Self.sessionMark, with: session.description).utf8)
  }

  private mutating func submission(_ line: BulkLine) throws(FieldFault) -> Submission {
    var request = line.request
    request[.artifactsRoot] = .string(try root(line.artifactsRoot))
    let job = try line.job.options(.keys, now: now)
    let run = try RunRequest(request)
    do throws(JobStoreError) {
      return Submission(try JobRequest(run), job)
    } catch {
      throw FieldFault("\(error).")
    }
  }

  private mutating func root(_ named: String?) throws(FieldFault) -> String {
    let name = named ?? defaultRoot
    if let root = roots[name] { return root }
    do {
      let root = try artifactsRootPath(flag: name, settings: settings)
      roots[name] = root
      return root
    } catch let failure {
      throw FieldFault("artifacts_root: \(failure.message).")
    }
  }

  private func fault(_ line: Int, _ words: String) -> AppError {
    AppError("input_invalid", "line \(line + 1): \(words) Nothing was submitted", .data)
  }
}

extension UInt8 {
  fileprivate var isSpace: Bool { [UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r")].contains(self) }
}
