internal import PrepaperDomain
internal import PrepaperPipeline

/// Looks for the bar that a decision should not have known: the one whose change alone changes it.
///
/// Halves of the later bars are changed, and all others left as they are; what changes the decision is halved again.
/// So the bar that is named in the end has been changed alone.
struct BarSearch {
  /// What is found.
  enum Result {
    case nothing
    case bar(Symbol, UTCTimestamp)
    /// Only the bars from the one to the other together, as far as was tried.
    case several(UTCTimestamp, UTCTimestamp)
  }

  /// How many bars the strategy may go through in all, and how often it runs at least.
  private static let mostBars = 20_000_000
  private static let fewestRuns = 24
  /// In which ways bars are changed: one way may leave a decision as it is by chance.
  private static let levels = [1, 1.3, 0.7]

  private struct Unit {
    let symbol: Symbol
    let index: Int
    let open: UTCTimestamp
  }

  private let proof: LookaheadProof
  private let fault: TrialFault
  /// The bars after the decision, of all symbols of the trial, by time.
  private let units: [Unit]
  /// How often the strategy may still run.
  private var runsLeft: Int

  /// Nil where nothing can be looked for.
  init?(_ proof: LookaheadProof, _ fault: TrialFault) async throws {
    self.proof = proof
    self.fault = fault
    var units: [Unit] = []
    var bars = 0
    for symbol in fault.trial.symbols {
      guard let history = try await proof.known(of: symbol)?.history else { continue }
      let cut = history.count(closedBy: fault.time)
      bars += history.series.count
      units += (cut..<history.series.count).map { Unit(symbol: symbol, index: $0, open: history.series.time[$0]) }
    }
    guard !units.isEmpty else { return nil }
    runsLeft = max(Self.fewestRuns, Self.mostBars / max(1, bars))
    self.units = units.sorted { $0.open == $1.open ? $0.symbol < $1.symbol : $0.open < $1.open }
  }

  /// Searches, as long as the strategy may run.
  mutating func result() async throws -> Result {
    var range = 0..<units.count
    guard try await changes(range) else { return .nothing }
    while range.count > 1 {
      guard runsLeft >= 2 * Self.levels.count else {
        return .several(units[range.lowerBound].open, units[range.upperBound - 1].open)
      }
      // Most look at the next bars: the first part is a small one.
      let middle = range.lowerBound + max(1, range.lowerBound == 0 ? range.count / 8 : range.count / 2)
      if try await changes(range.lowerBound..<middle) {
        range = range.lowerBound..<middle
      } else if try await changes(middle..<range.upperBound) {
        range = middle..<range.upperBound
      } else {
        return .several(units[range.lowerBound].open, units[range.upperBound - 1].open)
      }
    }
    return .bar(units[range.lowerBound].symbol, units[range.lowerBound].open)
  }

  /// Whether the decision is another one where some of the later bars are others.
  private mutating func changes(_ range: Range<Int>) async throws -> Bool {
    var changed: [Symbol: Range<Int>] = [:]
    for unit in units[range] {
      changed[unit.symbol] = (changed[unit.symbol]?.lowerBound ?? unit.index)..<unit.index + 1
    }
    for (variant, level) in Self.levels.enumerated() {
      runsLeft -= 1
      let answer = try await proof.answer(with: fault.trial.symbols) { known in
        guard let bars = changed[known.history.series.symbol] else { return known.history }
        let base = known.history.baseIndex(ofBar: bars.lowerBound)..<known.history.baseIndex(ofBar: bars.upperBound)
        return known.history.replacing(base, with: known.noise.bars(at: base, variant: variant, level: level))
      }
      switch answer {
      case .failed:
        if case .fails = fault.kind { return true }
      case .found(let found, let closes):
        let difference = proof.decisions.difference(
          in: RunDecisions(found, closes), by: fault.time, isOnlyAt: true, symbols: fault.symbol.map { [$0] },
          isChosen: proof.isChosen && fault.trial.symbols.count == 1)
        if difference != nil { return true }
      }
    }
    return false
  }
}
