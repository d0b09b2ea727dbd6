package import PrepaperDomain

/// A bar inside the one before it, the mother: stop-entry orders on both sides of her, one of which cancels the other.
///
/// The first accepted inside bar of each session window and local day makes the trade; its close is the decision.
package struct InsideBarStrategy: Strategy {
  /// The strategy's name in manifests.
  package static let strategyKey = "insidebar_intraday"
  /// Its older name.
  package static let alias = "inside_bar"

  let settings: InsideBarParameters

  /// The strategy with its parameters.
  package init(_ settings: InsideBarParameters) {
    self.settings = settings
  }

  package var key: String { Self.strategyKey }
  package var rules: String { "insidebar_intraday rules 1" }
  package var parameters: [String: JSONValue] { settings.materialised }
  package var ignoredParameters: [String] { settings.ignored }
  package var timeframe: Timeframe { settings.timeframe }
  package var features: [Feature] { [.averageTrueRange(period: settings.atrPeriod)] }

  package func warmUpBars(beforeWindowAt start: UTCTimestamp?) -> Int {
    // Within a session window it must be known whether its trade is made already, so its start must be seen.
    guard
      let start,
      let place = settings.windows.place(of: start, offset: settings.windows.zone.offset(at: start))
    else { return settings.warmUp }
    let step = timeframe.microseconds
    let sinceWindowStart = (start.microseconds - place.windowStart.microseconds + step - 1) / step
    return max(settings.warmUp, Int(sinceWindowStart) + settings.atrPeriod + 1)
  }

  package func evaluate(_ history: SufficientHistory, features: FeatureColumns) -> StrategyResult {
    let series = history.series
    guard let atr = features[.averageTrueRange(period: settings.atrPeriod)], atr.count == series.count else {
      preconditionFailure("the strategy is given the features that it names, as long as the series")
    }
    var result = StrategyResult()
    guard series.count > 1 else { return result }
    let zone = settings.windows.zone
    var offset = zone.offsetSpan(at: series.time[0])
    var mother = (bar: series[0], place: settings.windows.place(of: series.time[0], offset: offset.offset))
    // By window, not only the last one: a window within another one is left for the outer one again.
    var consumedOn = [Int64?](repeating: nil, count: settings.windows.windows.count)
    for index in 1..<series.count {
      let bar = series[index]
      if !offset.span.contains(bar.time) { offset = zone.offsetSpan(at: bar.time) }
      let place = settings.windows.place(of: bar.time, offset: offset.offset)
      defer { mother = (bar, place) }
      guard let place, consumedOn[place.key.window] != place.key.day else { continue }
      guard settings.definition.holds(inside: bar, mother: mother.bar, strict: settings.inclusion == .strict) else {
        continue
      }
      let pattern = InsideBarPattern(
        symbol: series.symbol, mother: mother.bar, inside: bar, motherATR: atr[index - 1], windowEnd: place.windowEnd)
      let isWanted = history.window.contains(bar.time)
      if let reject = reject(pattern) {
        if isWanted { result.rejects.append(reject) }
        continue
      }
      guard mother.place?.key == place.key, bar.time - mother.bar.time == timeframe.duration else {
        if isWanted { result.rejects.append(pattern.rejected("mother_outside_session")) }
        continue
      }
      consumedOn[place.key.window] = place.key.day
      guard isWanted else { continue }
      switch legs(of: pattern) {
      case .success(let signals): result.signals += signals
      case .failure(let refused): result.rejects.append(refused.reject)
      }
    }
    return result
  }

  /// The size or body rule that a pattern fails, if any.
  private func reject(_ pattern: InsideBarPattern) -> Reject? {
    let mother = pattern.mother
    if settings.minMotherBarSize > 0 {
      let wanted = settings.minMotherBarSize * pattern.motherATR
      // Not-a-number, where there is no ATR yet, fails both comparisons.
      guard pattern.motherATR > 0, mother.range >= wanted else {
        return pattern.rejected(
          "mother_too_small", ["mother_range": mother.range, "atr": pattern.motherATR, "wanted": wanted])
      }
    }
    guard mother.bodyFraction >= settings.minMotherBodyFraction else {
      return pattern.rejected(
        "mother_body_fraction", ["fraction": mother.bodyFraction, "wanted": settings.minMotherBodyFraction])
    }
    guard pattern.inside.bodyFraction >= settings.minInsideBodyFraction else {
      return pattern.rejected(
        "inside_body_fraction", ["fraction": pattern.inside.bodyFraction, "wanted": settings.minInsideBodyFraction])
    }
    return nil
  }

  /// Why a pattern that made its window's trade gives no orders.
  private struct Refused: Error {
    let reject: Reject
  }

  /// The two orders of a pattern: buy above, sell below.
  private func legs(of pattern: InsideBarPattern) -> Result<[Signal], Refused> {
    let time = pattern.inside.time + timeframe.duration
    guard let validity = validity(from: time, windowEnd: pattern.windowEnd) else {
      return .failure(Refused(reject: pattern.rejected("signal_at_window_end")))
    }
    let mother = pattern.mother
    let level = settings.entryLevel == .motherBar ? mother : pattern.inside
    let (longRisk, shortRisk) = (level.high - mother.low, mother.high - level.low)
    guard longRisk > 0, shortRisk > 0 else {
      return .failure(
        Refused(
          reject: pattern.rejected("non_positive_risk", ["risk_long": longRisk, "risk_short": shortRisk])))
    }
    let cap = settings.stopDistanceCap
    return .success([
      pattern.signal(
        .buy, at: time, entry: level.high,
        stop: longRisk > cap ? level.high - cap : mother.low,
        target: level.high + min(longRisk, cap) * settings.riskRewardRatio, validity: validity),
      pattern.signal(
        .sell, at: time, entry: level.low,
        stop: shortRisk > cap ? level.low + cap : mother.high,
        target: level.low - min(shortRisk, cap) * settings.riskRewardRatio, validity: validity),
    ])
  }

  /// When the orders may be filled, or nil where the window is over by then.
  private func validity(from time: UTCTimestamp, windowEnd: UTCTimestamp) -> TimeSpan? {
    let start = settings.validFromPolicy == .signalTime ? time : time + timeframe.duration
    guard start < windowEnd else { return nil }
    switch settings.validityPolicy {
    case .sessionEnd: return TimeSpan(from: start, to: windowEnd)
    case .oneBar: return TimeSpan(from: start, to: min(start + timeframe.duration, windowEnd))
    case .fixedMinutes: return TimeSpan(from: start, to: min(start + (settings.validity ?? .zero), windowEnd))
    }
  }
}
