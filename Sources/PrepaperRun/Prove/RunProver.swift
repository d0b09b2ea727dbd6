/// Executes a run again from what it has written: in a process of its own where it counts.
package protocol RunProver: Sendable {
  /// What came of it.
  ///
  /// - Throws: `RunError` where it could not be tried.
  func prove(_ order: ProofOrder) async throws -> ProofVerdict
}
