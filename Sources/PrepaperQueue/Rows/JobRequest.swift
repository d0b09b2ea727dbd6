package import PrepaperDomain
package import PrepaperJSON

/// What a job is to run: JSON that means nothing to the queue, but for what it finds a job by.
///
/// - `run_id` and `backtest_run_id` are ids, `artifacts_root` is an absolute path
/// - two requests are the same where their canonical JSON is, byte for byte
package struct JobRequest: Hashable, Sendable {
  /// The run's own id: no two jobs have the same.
  package let runID: RunID
  /// The backtest that it starts from.
  package let backtestRunID: RunID
  /// Where its files go.
  package let artifactsRoot: String
  /// All of it, in canonical JSON on one line.
  package let text: String

  /// The request in a JSON object.
  ///
  /// - Throws: `JobStoreError` with `queue_unreadable` where what the queue needs is not in it.
  package init(_ json: JSONValue) throws(JobStoreError) {
    guard let runID = json["run_id"]?.stringValue.flatMap(RunID.init),
      let backtestRunID = json["backtest_run_id"]?.stringValue.flatMap(RunID.init),
      let artifactsRoot = json["artifacts_root"]?.stringValue, artifactsRoot.hasPrefix("/")
    else { throw JobStoreError(.unreadable, "its run_id, backtest_run_id or artifacts_root cannot be") }
    self.runID = runID
    self.backtestRunID = backtestRunID
    self.artifactsRoot = artifactsRoot
    text = CanonicalJSON.compactText(json)
  }

  /// The request in the text of a row.
  ///
  /// - Throws: `JobStoreError` with `queue_unreadable`.
  init(row text: String) throws(JobStoreError) {
    let json: JSONValue
    do throws(JSONParseError) {
      json = try JSONParser.parse(Array(text.utf8))
    } catch {
      throw JobStoreError(.unreadable, "its request is not JSON: \(error)")
    }
    try self.init(json)
  }

  /// All of it.
  package var json: JSONValue {
    do throws(JSONParseError) {
      return try JSONParser.parse(Array(text.utf8))
    } catch {
      preconditionFailure("canonical JSON can be read: \(error)")
    }
  }

  /// Which members of two requests differ, in words: `max_jump: 0.4 there, 0.2 here; no_prove: not set there, true here`.
  func difference(to other: JobRequest) -> String {
    json.changes(to: other.json).prefix(5).map { change in
      "\(change.path): \(Self.words(change.before)) there, \(Self.words(change.after)) here"
    }.joined(separator: "; ")
  }

  private static func words(_ value: JSONValue?) -> String {
    guard let value else { return "not set" }
    let text = value.stringValue ?? CanonicalJSON.compactText(value)
    return text.count > 80 ? "\(text.prefix(80))…" : text
  }
}
