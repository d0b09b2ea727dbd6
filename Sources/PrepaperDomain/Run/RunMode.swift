/// Whether a run looks at the past or at the present.
package enum RunMode: String, CaseIterable, Sendable {
  /// A window that is over: the same run gives the same bytes at any time.
  case replay
  /// A window that ends at the last complete bar.
  case live
}
