import PrepaperJSON

/// Links to the sections that the page has.
struct ContentsSection {
  /// Each with its id and its name.
  let sections: [(id: Markup, name: String)]

  /// The sections of a page with these parts.
  init(facts: RunFacts, charts: ChartSelection, hasDrift: Bool, hasSensitivity: Bool) {
    let all: [(Markup, String, Bool)] = [
      ("subject", "What ran on what", true), ("history", "History gate", facts["history"] != nil),
      ("symbols", "Symbols", facts.symbols.count > 1), ("charts", "Charts", !charts.symbols.isEmpty),
      ("signals", "Signals", true), ("rejects", "Rejects", true), ("drift", "Drift", hasDrift),
      ("sensitivity", "Sensitivity", hasSensitivity), ("proofs", "Proofs", true), ("hashes", "Hashes", true),
    ]
    sections = all.filter(\.2).map { ($0.0, $0.1) }
  }

  /// The links.
  var markup: Markup {
    let links = sections.map { section -> Markup in "<a href=\"#\(section.id)\">\(section.name)</a>" }
    return "<nav aria-label=\"Contents\">\(links.joined(separator: "\n"))</nav>\n\n"
  }
}
