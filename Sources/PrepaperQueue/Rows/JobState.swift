/// Where a job stands.
///
/// `queued` → `running` → `succeeded`, `failed` or `cancelled`; `running` → `scheduled` after a transient failure →
/// `queued` when it is due. `retry` puts `failed`, `cancelled` and `succeeded` without signals back to `queued`.
package enum JobState: String, CaseIterable, Sendable {
  case queued, scheduled, running, succeeded, failed, cancelled

  /// Whether nothing more happens to the job by itself.
  package var isFinal: Bool {
    switch self {
    case .succeeded, .failed, .cancelled: true
    case .queued, .scheduled, .running: false
    }
  }
}
