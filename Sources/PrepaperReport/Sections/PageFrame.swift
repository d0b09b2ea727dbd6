import PrepaperJSON

/// What stands around the sections: the document's head with its style, and its end.
struct PageFrame {
  let facts: RunFacts

  /// From the first byte to the start of the page's content.
  var head: Markup {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="referrer" content="no-referrer">
    <title>\(facts.isSynthetic ? "SYNTHETIC · " : "")\(facts.runID) · \(facts.status) · prepaper</title>
    <style>
    \(Stylesheet.screen)\(Stylesheet.chart)\(Stylesheet.print)</style>
    </head>
    <body>
    \(banner)<main>

    """
  }

  /// What nobody may overlook.
  private var banner: Markup {
    guard facts.isSynthetic else { return "" }
    return """
      <p class="banner" role="note"><strong>SYNTHETIC DATA</strong> not real: the bars of this run were made up. \
      Nothing on this page says anything about a market.</p>

      """
  }

  /// From the end of the content to the last byte.
  var foot: Markup {
    """
    <footer><p>prepaper makes plans and sends no order to anybody. This page has all it shows in itself: \
    no script, and nothing from elsewhere.</p></footer>
    </main>
    </body>
    </html>

    """
  }
}

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
