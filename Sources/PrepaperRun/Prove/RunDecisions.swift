internal import PrepaperDomain
internal import PrepaperPipeline

/// What a strategy decided in a run or a trial, by instant and symbol: its signals, and what it saw and did not take.
struct RunDecisions: Sendable {
  /// One of them.
  struct Item: Hashable, Sendable {
    enum Content: Hashable, Sendable {
      case signal(Signal)
      case reject(Reject)
    }

    /// When it was decided: at the close of its bar.
    let time: UTCTimestamp
    let symbol: Symbol
    let content: Content

    /// Whether two say the same in short; that takes no look at the numbers behind them.
    func isLike(_ other: Item) -> Bool {
      guard time == other.time, symbol == other.symbol else { return false }
      switch (content, other.content) {
      case (.signal(let left), .signal(let right)):
        return left.side == right.side && left.entryPrice == right.entryPrice && left.stopPrice == right.stopPrice
          && left.takeProfitPrice == right.takeProfitPrice
      case (.reject(let left), .reject(let right)): return left.reason == right.reason
      case (.signal, .reject), (.reject, .signal): return false
      }
    }

    var isSignal: Bool { if case .signal = content { true } else { false } }

    fileprivate static func precedes(_ left: Item, _ right: Item) -> Bool {
      left.time == right.time ? left.symbol < right.symbol : left.time < right.time
    }
  }

  /// Something that the one has and the other has not.
  struct Difference: Sendable {
    let item: Item
    /// Whether the run has not what the trial has.
    let isExtra: Bool
    /// What the other one has in its place, if anything.
    let counterpart: Item?
  }

  /// By time, then by symbol.
  private let items: [Item]

  /// - Parameter closes: those of the strategy's bars: a reject is told by the open of its bar.
  init(_ found: StrategyResult, _ closes: BarCloses) {
    let signals = found.signals.map { Item(time: $0.time, symbol: $0.symbol, content: .signal($0)) }
    let rejects = found.rejects.map {
      Item(time: closes.close(ofBarOpening: $0.time), symbol: $0.symbol, content: .reject($0))
    }
    items = (signals + rejects).sorted(by: Item.precedes)
  }

  /// When there are signals, ascending, each time once; of one symbol where one is given.
  func signalTimes(of symbol: Symbol? = nil) -> [UTCTimestamp] {
    var times: [UTCTimestamp] = []
    for item in items where item.isSignal && (symbol == nil || item.symbol == symbol) && times.last != item.time {
      times.append(item.time)
    }
    return times
  }

  /// What was decided at an instant, a signal first.
  func first(at time: UTCTimestamp) -> Item? {
    let items = items[range(through: time, from: time)]
    return items.first(where: \.isSignal) ?? items.first
  }

  /// How many signals there are at an instant; of one symbol where one is given.
  func signals(at time: UTCTimestamp, of symbol: Symbol? = nil) -> Int {
    items[range(through: time, from: time)].count { $0.isSignal && (symbol == nil || $0.symbol == symbol) }
  }

  /// The first thing that a trial came to another way, of what was decided by an instant.
  ///
  /// What was decided at that instant must be the same in every member, what was decided before it in its prices and
  /// reasons.
  ///
  /// - Parameters:
  ///   - isOnlyAt: whether only what was decided at that very instant is looked at.
  ///   - symbols: those that the trial was given.
  ///   - isChosen: whether the run had more symbols to choose from: what it refused may be a signal in the trial.
  func difference(
    in trial: RunDecisions, by time: UTCTimestamp, isOnlyAt: Bool, symbols: Set<Symbol>? = nil, isChosen: Bool = false
  ) -> Difference? {
    func part(_ decisions: RunDecisions) -> [Item] {
      let part = decisions.items[decisions.range(through: time, from: isOnlyAt ? time : nil)]
      return part.filter { symbols?.contains($0.symbol) ?? true }
    }
    let (mine, others) = (part(self), part(trial))
    var (here, there) = (0, 0)
    while here < mine.count || there < others.count {
      let (left, right) = (here < mine.count ? mine[here] : nil, there < others.count ? others[there] : nil)
      guard let first = [left, right].compactMap({ $0 }).min(by: Item.precedes) else { break }
      let hereEnd = mine[here...].firstIndex { Item.precedes(first, $0) } ?? mine.count
      let thereEnd = others[there...].firstIndex { Item.precedes(first, $0) } ?? others.count
      if let difference = Self.difference(
        mine[here..<hereEnd], others[there..<thereEnd], isExact: first.time == time, isChosen: isChosen)
      {
        return difference
      }
      (here, there) = (hereEnd, thereEnd)
    }
    return nil
  }

  /// The same of what was decided at one instant about one symbol.
  private static func difference(
    _ mine: ArraySlice<Item>, _ others: ArraySlice<Item>, isExact: Bool, isChosen: Bool
  ) -> Difference? {
    func isSame(_ left: Item, _ right: Item) -> Bool { isExact ? left == right : left.isLike(right) }
    var extra = Array(others)
    var missing: [Item] = []
    for item in mine {
      if let place = extra.firstIndex(where: { isSame(item, $0) }) {
        extra.remove(at: place)
      } else {
        missing.append(item)
      }
    }
    if isChosen {
      while let signal = extra.firstIndex(where: \.isSignal), let reject = missing.firstIndex(where: { !$0.isSignal }) {
        extra.remove(at: signal)
        missing.remove(at: reject)
      }
    }
    func counterpart(_ item: Item, in others: [Item]) -> Item? {
      others.first { other in
        switch (item.content, other.content) {
        case (.signal(let left), .signal(let right)): left.side == right.side
        case (.reject(let left), .reject(let right)): left.reason == right.reason
        case (.signal, .reject), (.reject, .signal): false
        }
      }
    }
    // A signal tells more than a reject, and one that the run has more than one that it has not.
    for isSignal in [true, false] {
      if let item = missing.first(where: { $0.isSignal == isSignal }) {
        return Difference(item: item, isExtra: false, counterpart: counterpart(item, in: extra))
      }
      if let item = extra.first(where: { $0.isSignal == isSignal }) {
        return Difference(item: item, isExtra: true, counterpart: nil)
      }
    }
    return nil
  }

  /// The items that were decided by an instant, and not before another one.
  private func range(through end: UTCTimestamp, from start: UTCTimestamp?) -> Range<Int> {
    func index(_ isReached: (UTCTimestamp) -> Bool) -> Int {
      var (low, high) = (0, items.count)
      while low < high {
        let middle = (low + high) / 2
        if isReached(items[middle].time) { high = middle } else { low = middle + 1 }
      }
      return low
    }
    return (start.map { start in index { $0 >= start } } ?? 0)..<index { $0 > end }
  }
}
