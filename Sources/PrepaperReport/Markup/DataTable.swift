/// A table in a box of its own, which scrolls sideways where the page is too narrow for it.
struct DataTable {
  /// One column of it.
  struct Column: ExpressibleByStringLiteral {
    let title: String
    let isNumber: Bool

    init(stringLiteral title: String) { self.init(title, isNumber: false) }

    /// A column with this heading.
    init(_ title: String, isNumber: Bool) {
      self.title = title
      self.isNumber = isNumber
    }

    /// A column of numbers, set flush right.
    static func number(_ title: String) -> Column { Column(title, isNumber: true) }
  }

  /// What the table is of, for those who do not see it.
  let label: String
  let columns: [Column]
  /// The rows, each with one cell per column.
  var rows: [[Markup]] = []

  /// The table; nothing where it has no rows.
  var markup: Markup {
    guard !rows.isEmpty else { return "" }
    let heads = columns.map { column -> Markup in
      "<th scope=\"col\"\(Self.mark(column))>\(column.title)</th>"
    }
    let lines = rows.map { cells -> Markup in
      let line = zip(columns, cells).map { column, cell -> Markup in "<td\(Self.mark(column))>\(cell)</td>" }
      return "<tr>\(line.joined())</tr>\n"
    }
    return """
      <div class="scroll" role="region" aria-label="\(label)" tabindex="0"><table>
      <thead><tr>\(heads.joined())</tr></thead>
      <tbody>
      \(lines.joined())</tbody>
      </table></div>

      """
  }

  /// The line that follows a list which was cut; nothing where it was not.
  static func rest(of total: Int, shown: Int, _ whole: Markup) -> Markup {
    total > shown ? "<p class=\"more\">and \((total - shown).grouped) more; \(whole).</p>\n" : ""
  }

  private static func mark(_ column: Column) -> Markup { column.isNumber ? " class=\"n\"" : "" }
}

/// Names with what they stand for, as a list of two columns.
struct FactList {
  private var items = Markup()

  /// Adds a fact; nothing where there is no value.
  mutating func add(_ name: String, _ value: Markup?) {
    guard let value, !value.isEmpty else { return }
    items += "<div><dt>\(name)</dt><dd>\(value)</dd></div>\n"
  }

  /// The list; nothing where it has no facts.
  var markup: Markup { items.isEmpty ? "" : "<dl class=\"facts\">\n\(items)</dl>\n" }
}
