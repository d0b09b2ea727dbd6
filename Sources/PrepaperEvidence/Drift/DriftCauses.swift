import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON

/// Finds out why a decision is not the same in a run and its reference.
struct DriftCauses {
  /// How many bars before a decision may be behind it.
  private static let reach = 20

  private let subject: DriftSubject
  private let reference: DriftReference
  private let timeframe: Timeframe
  private let window: TimeSpan
  private let symbols: Set<Symbol>
  private let holes: [(symbol: Symbol, span: TimeSpan, words: String)]
  private let parameters: [JSONChange]
  /// Base bars that were read.
  private var read: [Symbol: (here: BarSeries?, there: BarSeries?)] = [:]

  init(_ subject: DriftSubject, _ reference: DriftReference) {
    self.subject = subject
    self.reference = reference
    let data = subject.manifest.data
    timeframe = data.timeframe
    window = data.window
    symbols = Set(data.symbols)
    holes = subject.manifest.history.symbols.flatMap { history in
      history.report.holes.map { hole in
        (
          history.symbol, TimeSpan(from: hole.first, to: hole.last + data.baseTimeframe.duration),
          "\(hole.bars) \(data.baseTimeframe.rawValue) bars from \(hole.first) on are not there"
        )
      }
    }
    parameters = reference.manifest.map { Self.inputs($0).changes(to: Self.inputs(subject.manifest)) } ?? []
  }

  /// Why the reference could not have a decision of the run; nil where it could.
  func outsideReference(_ signal: DriftSignal) -> DriftEntry.Cause? {
    let name = "\(reference.kind.rawValue) \(reference.name)"
    if let end = reference.end, signal.time > end {
      return DriftEntry.Cause(kind: .outsideWindow, text: "\(name) goes up to \(end)")
    }
    if let start = reference.start, signal.time <= start {
      return DriftEntry.Cause(kind: .outsideWindow, text: "\(name) begins at \(start)")
    }
    return nil
  }

  /// Why the run could not have a decision of the reference; nil where it could.
  func outside(_ signal: DriftSignal) -> DriftEntry.Cause? {
    guard symbols.contains(signal.symbol) else {
      return DriftEntry.Cause(kind: .outsideWindow, text: "the run has no \(signal.symbol)")
    }
    if let seenUntil = reference.end, signal.time > seenUntil {
      return DriftEntry.Cause(
        kind: .outsideWindow,
        text: "\(signal.time) is after the end of what \(reference.kind.rawValue) \(reference.name) says it has seen, "
          + "\(seenUntil)")
    }
    // A decision is made at a close: one at the window's start belongs to the bar before it.
    guard signal.time <= window.from || signal.time > window.to else { return nil }
    return DriftEntry.Cause(
      kind: .outsideWindow, text: "\(signal.time) is not in the run's window, \(window.from) to \(window.to)")
  }

  /// Why a decision is another one, or in one of the two only.
  ///
  /// - Parameter twin: the same prices at another time, which only the other one has.
  mutating func cause(
    here: DriftSignal?, there: DriftSignal?, twin: DriftSignal? = nil
  ) throws(RunError) -> DriftEntry.Cause {
    guard let signal = here ?? there else { return DriftEntry.Cause(kind: .unknown, text: "") }
    let span = TimeSpan(from: signal.time + timeframe.duration * -Self.reach, to: signal.time)
    if let twin, let cause = ahead(signal, twin, isHere: here != nil) { return cause }
    let bars = try bars(of: signal.symbol)
    if let text = Self.difference(bars.here, bars.there, in: span, signal.symbol) {
      return DriftEntry.Cause(kind: .barsDiffer, text: text)
    }
    if let place = subject.revised.first(where: { $0.symbol == signal.symbol && span.contains($0.time) }) {
      return DriftEntry.Cause(
        kind: .barRevised,
        text: "the source gave the bar of \(place.time) again with other numbers; \(RunFile.meta) has both")
    }
    if let hole = holes.first(where: { $0.symbol == signal.symbol && $0.span.from < span.to && span.from < $0.span.to })
    {
      return DriftEntry.Cause(kind: .hole, text: hole.words)
    }
    if here == nil, let bar = Self.laterBar(with: signal.entry, bars.here, from: signal.time, span, timeframe) {
      return DriftEntry.Cause(
        kind: .barNotThereYet,
        text: "its entry price is one of the bar of \(bar), which was not over at \(signal.time), and of none before it"
      )
    }
    if here == nil, let reason = rejection(of: signal) {
      return DriftEntry.Cause(kind: .rejected, text: "it was seen here and not taken: \(reason)")
    }
    if let text = parameterDifference(there) { return DriftEntry.Cause(kind: .parameterDiffers, text: text) }
    return DriftEntry.Cause(kind: .unknown, text: "bars and parameters tell nothing")
  }

  /// The same decision told earlier by the reference: it knew a bar that was not over.
  private func ahead(_ signal: DriftSignal, _ twin: DriftSignal, isHere: Bool) -> DriftEntry.Cause? {
    let (mine, theirs) = isHere ? (signal.time, twin.time) : (twin.time, signal.time)
    guard theirs < mine else {
      return DriftEntry.Cause(kind: .unknown, text: "the same prices are decided at \(theirs) there, at \(mine) here")
    }
    return DriftEntry.Cause(
      kind: .barNotThereYet,
      text: "the same prices are decided at \(theirs) there, at \(mine) here: until then the last bar was not over")
  }

  private func rejection(of signal: DriftSignal) -> String? {
    // By the open of the bar that was decided on; a session's last hour may be half as long.
    let opens = [timeframe.duration, .seconds(timeframe == .h1 ? 1800 : 0)].map { signal.time - $0 }
    for time in opens + [signal.time.utcDate.startUTC] {
      if let reason = subject.rejects[DriftSubject.Place(symbol: signal.symbol, time: time)] { return reason }
    }
    return nil
  }

  private func parameterDifference(_ there: DriftSignal?) -> String? {
    if !parameters.isEmpty {
      let shown = parameters.prefix(3).map { change in
        "\(change.path) is \(Self.text(change.after)) here, \(Self.text(change.before)) there"
      }
      return shown.joined(separator: "; ") + (parameters.count > 3 ? "; and \(parameters.count - 3) more" : "")
    }
    let strategy = subject.manifest.strategy
    let version = strategy.backtestVersion ?? strategy.version
    if let theirs = there?.version, theirs != version {
      return "the strategy's version is \(version) in the backtest's manifest, \(theirs) in its signals"
    }
    // A backtest's prices are those of the strategy: sizing rounds them.
    if reference.kind == .backtest, let sizing = subject.manifest.sizing, sizing.contains("tick=") {
      return "sizing rounds prices here (\(sizing))"
    }
    return nil
  }

  private mutating func bars(of symbol: Symbol) throws(RunError) -> (here: BarSeries?, there: BarSeries?) {
    if let known = read[symbol] { return known }
    let both = (here: try subject.bars(symbol), there: try reference.bars(symbol))
    // Those of one symbol at a time: its decisions come one after the other.
    read = [symbol: both]
    return both
  }

  /// The first bar of a span in which two series differ, in words.
  private static func difference(
    _ here: BarSeries?, _ there: BarSeries?, in span: TimeSpan, _ symbol: Symbol
  ) -> String? {
    guard let here, let there else { return nil }
    let mine = Dictionary(here.indices(in: span).map { (here.time[$0], here[$0]) }, uniquingKeysWith: { $1 })
    let theirs = Dictionary(there.indices(in: span).map { (there.time[$0], there[$0]) }, uniquingKeysWith: { $1 })
    for time in Set(mine.keys).union(theirs.keys).sorted() where mine[time] != theirs[time] {
      guard let left = mine[time] else { return "the bar of \(symbol) of \(time) is there, and not here" }
      guard let right = theirs[time] else { return "the bar of \(symbol) of \(time) is here, and not there" }
      let columns = [
        ("open", left.open, right.open), ("high", left.high, right.high), ("low", left.low, right.low),
        ("close", left.close, right.close), ("volume", left.volume, right.volume),
      ]
      let change = columns.first { $0.1 != $0.2 }
      return "the bar of \(symbol) of \(time) differs"
        + (change.map { ": \($0.0) is \($0.1) here, \($0.2) there" } ?? "")
    }
    return nil
  }

  /// A bar that was not over at an instant and has a price that no bar before it has.
  private static func laterBar(
    with price: Double, _ series: BarSeries?, from time: UTCTimestamp, _ before: TimeSpan, _ timeframe: Timeframe
  ) -> UTCTimestamp? {
    guard let series else { return nil }
    func first(_ span: TimeSpan) -> UTCTimestamp? {
      series.indices(in: span).first { index in
        [series.open[index], series.high[index], series.low[index], series.close[index]].contains(price)
      }.map { series.time[$0] }
    }
    guard first(before) == nil else { return nil }
    return first(TimeSpan(from: time, to: time + timeframe.duration * 2))
  }

  /// What decides which signals a run has, beside its bars.
  private static func inputs(_ manifest: RunManifest) -> JSONValue {
    let data = manifest.data
    return .object(dropping: [
      "params": .object(manifest.strategy.parameters), "sizing": manifest.sizing.map(JSONValue.string),
      "strategy": manifest.strategy.json, "data.warmup_bars": .integer(Int64(data.warmUpBars)),
      "data.session_mode": .string(data.sessionMode.rawValue),
      "data.calendar": .object([
        "name": .string(data.calendar.rawValue), "version": .string(data.calendarVersion),
      ]),
    ])
  }

  private static func text(_ value: JSONValue?) -> String { value.map { CanonicalJSON.compactText($0) } ?? "not set" }
}
