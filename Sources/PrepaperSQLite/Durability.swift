/// What a commit survives.
package enum Durability: String, CaseIterable, Sendable {
  /// A power cut: what every store of prepaper works at.
  case full = "FULL"
  /// A crash of the process, but not always a power cut: to measure what the other costs.
  case normal = "NORMAL"
}
