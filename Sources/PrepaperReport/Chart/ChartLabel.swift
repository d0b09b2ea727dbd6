/// A line of text at the right edge of a chart, at a price.
struct ChartLabel {
  let text: Markup
  let style: Markup
  /// The height of the price.
  let level: Double
  /// Where the thin line to the text begins.
  let start: Double
  /// The height of the text.
  private(set) var height: Double

  /// A label for a price at that height.
  init(text: Markup, style: Markup, level: Double, start: Double) {
    self.text = text
    self.style = style
    self.level = level
    self.start = start
    height = level
  }

  /// Moves labels apart so that none covers another: each as near to its price as the others allow.
  ///
  /// They must have room: `labels.count * distance` is not more than the edges are apart.
  static func spread(_ labels: [ChartLabel], distance: Double, top: Double, bottom: Double) -> [ChartLabel] {
    var spread = labels.enumerated().sorted { ($0.element.level, $0.offset) < ($1.element.level, $1.offset) }
      .map(\.element)
    var lowest = top
    for index in spread.indices {
      spread[index].height = max(spread[index].level, lowest)
      lowest = spread[index].height + distance
    }
    var highest = bottom
    for index in spread.indices.reversed() {
      spread[index].height = min(spread[index].height, highest)
      highest = spread[index].height - distance
    }
    return spread
  }
}
