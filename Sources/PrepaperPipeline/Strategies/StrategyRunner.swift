package import PrepaperDomain
package import PrepaperJSON

/// A strategy as a run uses it, whether prepaper brings it along or it is a program of the operator's.
package protocol StrategyRunner: Sendable {
  /// The strategy's name in manifests and plans.
  var key: String { get }
  /// What its digest is taken of.
  var fingerprint: StrategyFingerprint { get }
  /// Every parameter with its value, defaults included.
  var parameters: [String: JSONValue] { get }
  /// Parameters that were given and never changed a signal, sorted.
  var ignoredParameters: [String] { get }
  /// The features it needs.
  var features: [Feature] { get }

  /// How many bars it must have seen before the first one it evaluates.
  ///
  /// A window that starts within a session may need more: the instant is its start, nil means a session's open.
  func warmUpBars(beforeWindowAt start: UTCTimestamp?) -> Int

  /// Runs over all symbols, one after the other, and gives what it found in all of them.
  ///
  /// - Parameter next: the next symbol's input, or nil after the last one; symbols come ascending.
  /// - Throws: `RunError` with `strategy_failed`, and whatever `next` throws.
  func run(_ next: () async throws -> StrategyInput?) async throws -> StrategyResult
}
