package import PrepaperDomain
package import PrepaperJSON

/// A strategy as a run uses it, whether prepaper brings it along or it is a program of the operator's.
package protocol StrategyRunner: Sendable {
  /// The strategy's name in manifests and plans.
  var key: String { get }
  /// The version of what runs, by whoever made it.
  var version: String { get }
  /// What its digest is taken of.
  var fingerprint: StrategyFingerprint { get }
  /// Every parameter with its value, defaults included.
  var parameters: [String: JSONValue] { get }
  /// Parameters that were given and never changed a signal, sorted.
  var ignoredParameters: [String] { get }
  /// The features it needs.
  var features: [Feature] { get }

  /// What an operator should know before trusting what is proven of it, a sentence each.
  var warnings: [String] { get }

  /// How many bars it must have seen before a window that starts at an instant.
  func warmUp(beforeWindowAt start: UTCTimestamp) -> WarmUp

  /// Runs over all symbols, one after the other, and gives what it found in all of them.
  ///
  /// - Parameter next: the next symbol's input, or nil after the last one; symbols come ascending.
  /// - Throws: ``RunError`` with `strategy_failed`, and whatever `next` throws.
  func run(_ next: () async throws -> StrategyInput?) async throws -> StrategyResult
}

extension StrategyRunner {
  /// Nothing.
  package var warnings: [String] { [] }
}

/// Where a run finds its strategy.
package protocol StrategyLookup: Sendable {
  /// The strategy of a key or alias with these parameters, for bars of a timeframe.
  ///
  /// - Parameter symbols: those of the run, ascending.
  /// - Throws: ``RunError`` with `unknown_strategy`, where the key is none or its registration cannot be used;
  ///   `params_invalid` naming the parameter; `strategy_failed` where a program cannot be read.
  func runner(
    key: String, parameters: [String: JSONValue], timeframe: Timeframe, symbols: [Symbol]
  ) throws(RunError) -> any StrategyRunner
}

/// What a strategy's digest in the manifest is taken of.
package enum StrategyFingerprint: Hashable, Sendable {
  /// A text that changes when the rules do.
  case rules(String)
  /// A program's file, by the SHA-256 of its bytes.
  case program(sha256: String)
}
