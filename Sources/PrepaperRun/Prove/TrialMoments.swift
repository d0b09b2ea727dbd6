internal import PrepaperDomain

/// At which instants a strategy is tried: where it has signals, beside them, and where it has none.
struct TrialMoments: Sendable {
  /// When it has signals, as many of them as are tried.
  let withSignals: [UTCTimestamp]
  /// When it has none: a signal that is left out because of what comes later shows there.
  let quiet: [UTCTimestamp]

  /// - Parameters:
  ///   - closes: when bars of the window are over, ascending, each once.
  ///   - signals: when there are signals, ascending, each once.
  ///   - mostBeside: how many there may be right beside those signals, one on each side.
  ///   - mostQuiet: how many are drawn from all others.
  init(
    closes: [UTCTimestamp], signals: [UTCTimestamp], mostSignals: Int, mostBeside: Int, mostQuiet: Int, seed: String
  ) {
    withSignals = Self.spread(signals, most: mostSignals)
    let taken = Set(signals)
    let tried = Set(withSignals)
    var beside: [Int] = []
    var others: [Int] = []
    for (index, time) in closes.enumerated() where !taken.contains(time) {
      let isBeside =
        index > 0 && tried.contains(closes[index - 1])
        || index + 1 < closes.count && tried.contains(closes[index + 1])
      if isBeside { beside.append(index) } else { others.append(index) }
    }
    var random = SeededGenerator(seed: seed)
    let near = Self.drawn(beside, most: mostBeside, &random)
    let far = Self.drawn(others, most: mostQuiet, &random)
    quiet = (near + far).sorted().map { closes[$0] }
  }

  /// So many of them, evenly spread, the first and the last among them.
  static func spread<Element>(_ elements: [Element], most: Int) -> [Element] {
    guard elements.count > most else { return elements }
    guard most > 1 else { return Array(elements.prefix(most)) }
    return (0..<most).map { elements[$0 * (elements.count - 1) / (most - 1)] }
  }

  /// So many of them, drawn without a second time.
  private static func drawn(_ elements: [Int], most: Int, _ random: inout SeededGenerator) -> [Int] {
    guard elements.count > most else { return elements }
    var elements = elements
    for place in 0..<max(0, most) {
      elements.swapAt(place, Int(random.next(in: Int64(place)...Int64(elements.count - 1))))
    }
    return Array(elements.prefix(max(0, most)))
  }
}
