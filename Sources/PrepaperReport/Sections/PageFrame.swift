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
