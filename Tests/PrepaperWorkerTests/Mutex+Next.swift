import Synchronization

extension Mutex<Int> {
  /// Counts one more; the number then.
  borrowing func next() -> Int {
    withLock { count in
      count += 1
      return count
    }
  }
}
