import PrepaperDomain
import PrepaperIndicators
import PrepaperJSON

/// A strategy on inside bars: the first accepted one of each session window and local day makes the trade.
protocol InsideBarTrading: BuiltInStrategy {
  /// The shared parameters.
  var setup: InsideBarSetup { get }
  /// What the names of its orders begin with.
  var templatePrefix: String { get }

  /// The rule beside the mother's size that a pattern fails, if any: its window stays open for the next one.
  func refusal(of pattern: InsideBarPattern) -> Reject?

  /// Which orders a pattern gives that makes its window's trade.
  func sides(of pattern: InsideBarPattern) -> Result<[Side], RefusedPattern>
}

extension InsideBarTrading {
  package static var timeframes: [Timeframe] { [.m1, .m5, .m15, .m30, .h1] }

  package static var example: (parameters: [String: JSONValue], timeframe: Timeframe) {
    (
      [
        "inside_bar_definition_mode": .string(InsideBarDefinition.motherRangeInsideRange.rawValue),
        "timeframe_minutes": .integer(5),
        "order_validity_policy": .string(InsideBarSetup.ValidityPolicy.fixedMinutes.rawValue),
      ], .m5
    )
  }

  package static var accepted: [String] { InsideBarSetup.accepted }

  package var timeframe: Timeframe { setup.timeframe }
  package var features: [Feature] { [.averageTrueRange(period: setup.atrPeriod)] }

  package var warmUpBars: Int { setup.warmUpBars }

  package func warmUp(beforeWindowAt start: UTCTimestamp) -> WarmUp { setup.warmUp(beforeWindowAt: start) }

  package func evaluate(_ history: SufficientHistory, features: FeatureColumns) -> StrategyResult {
    guard
      let atr = features[.averageTrueRange(period: setup.atrPeriod)], atr.count == history.series.count
    else {
      preconditionFailure("the strategy is given the features that it names, as long as the series")
    }
    var result = StrategyResult()
    var scan = InsideBarScan(history: history, setup: setup, atr: atr)
    while let found = scan.next() {
      let pattern = found.pattern
      if let reject = mothersSize(pattern) ?? refusal(of: pattern) {
        if found.isWanted { result.rejects.append(reject) }
        continue
      }
      guard found.isTogether else {
        if found.isWanted { result.rejects.append(pattern.rejected(.motherOutsideSession)) }
        continue
      }
      scan.consume(found)
      guard found.isWanted else { continue }
      switch sides(of: pattern) {
      case .success(let sides):
        order(sides, of: pattern, at: history.closes.close(ofBarOpening: pattern.inside.time), &result)
      case .failure(let refused): result.rejects.append(refused.reject)
      }
    }
    return result
  }

  /// Why a pattern's mother is too small, if she is.
  private func mothersSize(_ pattern: InsideBarPattern) -> Reject? {
    guard setup.minMotherBarSize > 0 else { return nil }
    let wanted = setup.minMotherBarSize * pattern.motherATR
    // Not-a-number, where there is no ATR yet, fails both comparisons.
    if pattern.motherATR > 0, pattern.mother.range >= wanted { return nil }
    return pattern.rejected(.motherTooSmall, pattern.mother.range, pattern.motherATR, wanted)
  }

  /// Adds the orders of a pattern that makes its window's trade, or why there are none.
  private func order(
    _ sides: [Side], of pattern: InsideBarPattern, at time: UTCTimestamp, _ result: inout StrategyResult
  ) {
    guard let validity = setup.validity(from: time, windowEnd: pattern.windowEnd) else {
      return result.rejects.append(pattern.rejected(.signalAtWindowEnd))
    }
    let mother = pattern.mother
    let level = setup.entryLevel == .motherBar ? mother : pattern.inside
    let (longRisk, shortRisk) = (level.high - mother.low, mother.high - level.low)
    guard longRisk > 0, shortRisk > 0 else {
      return result.rejects.append(pattern.rejected(.nonPositiveRisk, longRisk, shortRisk))
    }
    let cap = setup.stopDistanceCap
    let name = pattern.name(prefix: templatePrefix, at: time)
    let group = sides.count > 1 ? name : nil
    for side in sides {
      switch side {
      case .buy:
        result.signals.append(
          pattern.signal(
            .buy, name: name, at: time, entry: level.high,
            stop: longRisk > cap ? level.high - cap : mother.low,
            target: level.high + min(longRisk, cap) * setup.riskRewardRatio, validity: validity, group: group))
      case .sell:
        result.signals.append(
          pattern.signal(
            .sell, name: name, at: time, entry: level.low,
            stop: shortRisk > cap ? level.low + cap : mother.high,
            target: level.low - min(shortRisk, cap) * setup.riskRewardRatio, validity: validity, group: group))
      }
    }
  }
}
