/// Rows under headings, each column as wide as its widest cell; the last is not padded.
struct Table {
  private var rows: [[String]]

  init(_ headings: [String]) {
    rows = headings.isEmpty ? [] : [headings]
  }

  mutating func add(_ cells: [String]) {
    rows.append(cells)
  }

  /// The lines without a final newline.
  var text: String {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0 }
    return rows.map { cells in
      cells.enumerated().map { column, cell in
        column == cells.count - 1 ? cell : cell + String(repeating: " ", count: widths[column] - cell.count)
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }
}
