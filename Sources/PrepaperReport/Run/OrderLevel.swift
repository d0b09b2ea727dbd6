/// A price of an order.
enum OrderLevel: String, Sendable {
  case entry, stop, target
}
