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
