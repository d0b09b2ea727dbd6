/// Which way an order goes.
package enum Side: String, CaseIterable, Sendable {
  case buy = "BUY"
  case sell = "SELL"
}
