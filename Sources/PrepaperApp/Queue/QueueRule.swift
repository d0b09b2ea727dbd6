import Logging
package import PrepaperQueue
import PrepaperWorker

/// A rule that a queue keeps, and how to find out whether it does.
package struct QueueRule: Sendable {
  /// What it is called.
  package let name: String
  private let find: @Sendable (JobStore) async throws -> String?

  /// - Parameter find: what breaks the rule, or nil.
  init(_ name: String, _ find: @escaping @Sendable (JobStore) async throws -> String?) {
    self.name = name
    self.find = find
  }

  /// What breaks the rule, if anything does.
  package func breach(in store: JobStore) async throws -> String? { try await find(store) }

  /// All rules, in the order in which they are checked: those of the rows alone come before those that hold the rows
  /// against the world.
  package static let all = [rows, holders]

  /// What the rows say is what the history of every job leads to.
  static let rows = QueueRule("rows-follow-history") { store in
    try store.check().breach.map { "\($0.rule.rawValue): \($0)" }
  }

  /// A run whose worker and process are dead is taken back within a second, wherever there is another worker.
  static let holders = QueueRule("running-has-holder") { store in
    let locks = LockFiles(
      store.directory, grace: .zero, random: { 0 }, isOnNetwork: store.directory.isOnNetwork,
      logger: Logger(label: "prepaper") { _ in SwiftLogNoOpLogHandler() })
    let abandoned = try store.running().filter { $0.lock.map { locks.state(of: $0) } == .free }
    guard !abandoned.isEmpty else { return nil }
    try await Task.sleep(for: .seconds(1))
    let still = try store.running().filter { attempt in
      abandoned.contains { $0.jobID == attempt.jobID && $0.attempt == attempt.attempt }
        && attempt.lock.map { locks.state(of: $0) } == .free
    }
    return still.first.map {
      "run \($0.runID) is running, but attempt \($0.attempt) and its worker \($0.worker) are dead, and no other worker "
        + "takes it back; start one"
    }
  }
}
