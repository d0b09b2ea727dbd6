internal import GRDB

/// Rows that are read one by one, of which the next is known.
struct RowsAhead<Element> {
  private let cursor: AnyCursor<Element>
  /// The next row, or nil at the end.
  private(set) var next: Element?

  init(_ cursor: some Cursor<Element>) throws {
    self.cursor = AnyCursor(cursor)
    next = try cursor.next()
  }

  /// Steps over the next row, and gives it.
  mutating func take() throws -> Element? {
    let row = next
    next = try cursor.next()
    return row
  }
}
