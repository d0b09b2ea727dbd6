/// What a strategy's digest in the manifest is taken of.
package enum StrategyFingerprint: Hashable, Sendable {
  /// A text that changes when the rules do.
  case rules(String)
  /// A program's file, by the SHA-256 of its bytes.
  case program(sha256: String)
}
