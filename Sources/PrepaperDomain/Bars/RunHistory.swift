package import PrepaperJSON

/// What there is of all symbols of a run, and whether that is enough.
package struct RunHistory: Hashable, Sendable {
  /// The symbols, ascending.
  package let symbols: [SymbolHistory]
  /// Whether one symbol without enough history is one too many.
  package let isStrict: Bool
  /// How much may lack.
  package let tolerance: HoleTolerance
  /// The change of price between sessions from which on it is listed.
  package let maxJump: Double

  /// A history of these symbols.
  package init(symbols: [SymbolHistory], isStrict: Bool, tolerance: HoleTolerance, maxJump: Double) {
    self.symbols = symbols
    self.isStrict = isStrict
    self.tolerance = tolerance
    self.maxJump = maxJump
  }

  /// Whether the run may have signals: from the symbols with enough history, unless all of them must have it.
  package var isEnough: Bool {
    isStrict ? symbols.allSatisfy(\.isSufficient) : symbols.contains(where: \.isSufficient)
  }

  /// The symbols that the strategy did not run on.
  package var insufficient: [SymbolHistory] { symbols.filter { !$0.isSufficient } }

  /// Where prices jump between sessions.
  package var jumps: [PriceJump] { symbols.flatMap(\.jumps) }

  /// Why a symbol, or the run, has no signals; nil where all have enough history.
  package var reason: String? {
    let lacking = insufficient
    guard let first = lacking.first else { return nil }
    if symbols.count == 1 { return first.report.reason }
    let shown = lacking.prefix(3).map { "\($0.symbol): \($0.report.reason ?? "")" }.joined(separator: "; ")
    let more = lacking.count > 3 ? "; and \(lacking.count - 3) more" : ""
    return "\(lacking.count) of \(symbols.count) symbols have too little history: \(shown)\(more)"
  }

  /// The history as the manifest has it.
  package var json: JSONValue {
    .object([
      "status": .string((insufficient.isEmpty ? HistoryReport.Status.sufficient : .degraded).rawValue),
      "expected_bars": .integer(Int64(symbols.reduce(0) { $0 + $1.report.expectedBars })),
      "present_bars": .integer(Int64(symbols.reduce(0) { $0 + $1.report.presentBars })),
      "holes": .array(symbols.flatMap { symbol in symbol.report.holes.map { $0.json(of: symbol.symbol) } }),
      "reason": reason.map(JSONValue.string) ?? .null,
      "strict": .bool(isStrict),
      "max_missing": .double(tolerance.missingShare),
      "max_jump": .double(maxJump),
      "jumps": .array(jumps.map(\.json)),
      "symbols": .array(
        symbols.map { symbol in
          .object([
            "symbol": .string(symbol.symbol.description), "status": .string(symbol.report.status.rawValue),
            "expected_bars": .integer(Int64(symbol.report.expectedBars)),
            "present_bars": .integer(Int64(symbol.report.presentBars)),
            "reason": symbol.report.reason.map(JSONValue.string) ?? .null,
          ])
        }),
    ])
  }
}
