internal import PrepaperDomain

/// What a strategy decided about one symbol at one instant: mostly one signal, or the two legs of a pattern.
struct Decision: Sendable {
  let symbol: Symbol
  let time: UTCTimestamp
  var signals: [Signal]

  /// All decisions behind signals, by symbol, then by time.
  static func all(_ signals: [Signal]) -> [Decision] {
    var decisions: [Decision] = []
    let sorted = signals.enumerated().sorted { left, right in
      if left.element.symbol != right.element.symbol { return left.element.symbol < right.element.symbol }
      if left.element.time != right.element.time { return left.element.time < right.element.time }
      return left.offset < right.offset
    }
    for (_, signal) in sorted {
      if let last = decisions.last, last.symbol == signal.symbol, last.time == signal.time {
        decisions[decisions.count - 1].signals.append(signal)
      } else {
        decisions.append(Decision(symbol: signal.symbol, time: signal.time, signals: [signal]))
      }
    }
    return decisions
  }

  /// The first of its signals that is not among others, or nil.
  func missing(in others: [Signal]) -> Signal? {
    var others = others.filter { $0.time == time && $0.symbol == symbol }
    for signal in signals {
      guard let place = others.firstIndex(of: signal) else { return signal }
      others.remove(at: place)
    }
    return nil
  }
}
