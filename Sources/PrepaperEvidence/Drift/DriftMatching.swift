import PrepaperDomain

/// Two lists of decisions, put side by side.
struct DriftMatching {
  /// In both.
  private(set) var pairs: [(here: DriftSignal, there: DriftSignal)] = []
  /// In the one only.
  private(set) var onlyHere: [DriftSignal] = []
  /// In the other only.
  private(set) var onlyThere: [DriftSignal]

  /// Decisions of the same time, symbol and side belong together; of several those with the same prices first.
  init(here: [DriftSignal], there: [DriftSignal], tolerance: Double) {
    var open = Dictionary(grouping: there.indices) { there[$0].meaning }
    var unmatched: [DriftSignal] = []
    for signal in here {
      if let place = open[signal.meaning]?.firstIndex(where: { signal.hasPrices(of: there[$0], within: tolerance) }),
        let index = open[signal.meaning]?.remove(at: place)
      {
        pairs.append((signal, there[index]))
      } else {
        unmatched.append(signal)
      }
    }
    for signal in unmatched {
      guard let index = open[signal.meaning]?.first else {
        onlyHere.append(signal)
        continue
      }
      open[signal.meaning]?.removeFirst()
      pairs.append((signal, there[index]))
    }
    onlyThere = open.values.flatMap { $0 }.sorted().map { there[$0] }
  }
}
