package import PrepaperJSON

extension RunHistory {
  /// The history as a manifest has it; what else stands there follows from these members.
  package init(_ history: JSONMembers) throws(JSONFault) {
    // Far more than there are, and sums of them are still numbers.
    let bars = 0...1_000_000_000_000
    var holes: [Symbol: [Hole]] = [:]
    for item in try history.list("holes") {
      let members = try JSONMembers(item.value, at: item.place, required: ["symbol", "from", "to", "bars", "class"])
      let (first, last) = (try members.instant("from"), try members.instant("to"))
      guard first <= last else { throw members.fault("to", "must not be before from") }
      holes[try members.symbol("symbol"), default: []].append(
        Hole(first: first, last: last, bars: try members.integer("bars", in: bars), kind: try members.choice("class")))
    }
    var jumps: [Symbol: [PriceJump]] = [:]
    for item in try history.list("jumps") {
      let members = try JSONMembers(
        item.value, at: item.place, required: ["symbol", "from", "to", "close", "open", "change"])
      let symbol = try members.symbol("symbol")
      let (close, open) = (try members.number("close"), try members.number("open"))
      guard close > 0, (open / close).isFinite else { throw members.fault("close", "must be a price") }
      jumps[symbol, default: []].append(
        PriceJump(
          symbol: symbol, from: try members.instant("from"), to: try members.instant("to"), close: close, open: open))
    }
    var symbols: [SymbolHistory] = []
    for item in try history.list("symbols") {
      let members = try JSONMembers(
        item.value, at: item.place, required: ["symbol", "status", "expected_bars", "present_bars"],
        optional: ["reason"])
      let symbol = try members.symbol("symbol")
      let report = HistoryReport(
        status: try members.choice("status"), expectedBars: try members.integer("expected_bars", in: bars),
        presentBars: try members.integer("present_bars", in: bars),
        holes: holes.removeValue(forKey: symbol) ?? [], reason: try members.optionalText("reason"))
      symbols.append(SymbolHistory(symbol: symbol, report: report, jumps: jumps.removeValue(forKey: symbol) ?? []))
    }
    if let symbol = Set(holes.keys).union(jumps.keys).min() {
      throw history.fault("symbols", "must have \(symbol), of which there are holes or jumps")
    }
    self.init(
      symbols: symbols, isStrict: try history.flag("strict"),
      tolerance: HoleTolerance(missingShare: try history.number("max_missing", in: 0...1)),
      maxJump: try history.number("max_jump"))
  }
}
