import PrepaperDomain

/// Why a pattern that made its window's trade gives no orders.
struct RefusedPattern: Error {
  let reject: Reject

  init(_ reject: Reject) {
    self.reject = reject
  }
}
