/// What became of a batch of signals.
package struct SignalsReceipt: Hashable, Sendable {
  /// Rows that are new.
  package let written: Int
  /// Signals that were there already, byte for byte.
  package let duplicatesSkipped: Int

  /// A receipt of these counts.
  package init(written: Int, duplicatesSkipped: Int) {
    self.written = written
    self.duplicatesSkipped = duplicatesSkipped
  }
}
