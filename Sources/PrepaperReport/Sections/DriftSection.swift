import PrepaperDomain
import PrepaperJSON

/// The run beside another one, or beside its backtest: which signals are not the same, and why.
struct DriftSection {
  let facts: RunFacts
  let drift: JSONValue

  private static let counted = [
    ("matched", "The same"), ("price_differs", "Other prices"), ("only_here", "Only here"),
    ("only_there", "Only there"), ("outside_window", "Outside the window"),
  ]

  /// The section.
  var markup: Markup {
    """
    <section id="drift">
    <h2>Drift</h2>
    \(list)\(table)</section>

    """
  }

  private var list: Markup {
    var list = FactList()
    if let reference = drift["reference"] {
      list.add("Here", "this run, <code>\(facts.runID)</code>")
      list.add("There", "\(reference["kind"]?.exact ?? ""), <code>\(reference["name"]?.exact ?? "–")</code>")
    }
    list.add("Drift", drift["drift"]?.doubleValue.map { "<strong>\($0.percent)</strong> of the signals" })
    for (member, words) in Self.counted {
      list.add(words, drift["counts"]?[member]?.integerValue.map { "\(Int($0).of("signal"))" })
    }
    return list.markup
  }

  private var table: Markup {
    let rows = (drift["signals"]?.elements ?? []).filter { $0["status"]?.stringValue != "matched" }
    guard !rows.isEmpty else { return "<p>Every signal that was compared is the same.</p>\n" }
    var table = DataTable(
      label: "Signals that are not the same",
      columns: ["Local", "Symbol", "Side", "What", "Here", "There", "Difference", "Cause"])
    table.rows = rows.prefix(ReportLimits.differences).map { row in
      [
        facts.localText(row["ts"]), "\(row["symbol"]?.exact ?? "–")", OrderSide(row["side"]?.exact ?? "–").markup,
        "\(Self.word(ofStatus: row["status"]?.exact ?? "–"))", Self.prices(row["here"]), Self.prices(row["there"]),
        Self.differences(row["differences"]), Self.cause(row["cause"]),
      ]
    }
    return """
      <h3>Signals that are not the same: \(rows.count.grouped)</h3>
      \(table.markup)\(DataTable.rest(of: rows.count, shown: ReportLimits.differences, "\(RunFile.drift.name) has all"))
      """
  }

  private static func word(ofStatus status: String) -> String {
    switch status {
    case "price_differs": "other prices"
    case "only_here": "only here"
    case "only_there": "only there"
    default: status
    }
  }

  private static let levels = [("entry_price", "entry"), ("sl", "stop"), ("tp", "target")]

  private static func prices(_ order: JSONValue?) -> Markup {
    let lines = levels.compactMap { member, word -> Markup? in
      order?[member]?.doubleValue.map { "<span class=\"line\">\(word) \($0.price)</span>" }
    }
    return lines.isEmpty ? "–" : lines.joined(separator: " ")
  }

  private static func differences(_ differences: JSONValue?) -> Markup {
    let lines = levels.compactMap { member, word -> Markup? in
      guard let difference = differences?[member], let absolute = difference["absolute"]?.doubleValue else {
        return nil
      }
      let bps = difference["bps"]?.doubleValue.map { " (\($0.shown) bps)" } ?? ""
      return "<span class=\"line\">\(word) \(absolute.shown)\(bps)</span>"
    }
    return lines.isEmpty ? "–" : lines.joined(separator: " ")
  }

  private static func cause(_ cause: JSONValue?) -> Markup {
    guard let kind = cause?["kind"]?.exact else { return "–" }
    let text: Markup? = cause?["text"].map { "<span class=\"words\">\($0.exact)</span>" }
    return "<b>\(word(ofCause: kind))</b>\(text ?? "")"
  }

  private static func word(ofCause kind: String) -> String {
    switch kind {
    case "bars_differ": "bars differ"
    case "bar_revised": "bar revised"
    case "hole": "hole in the bars"
    case "parameter_differs": "parameter differs"
    case "outside_window": "outside the window"
    case "bar_not_there_yet": "bar was not there yet"
    case "rejected": "rejected"
    case "unknown": "cause unknown"
    default: kind
    }
  }
}
