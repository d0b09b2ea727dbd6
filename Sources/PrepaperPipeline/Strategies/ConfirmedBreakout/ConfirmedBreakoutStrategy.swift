package import PrepaperDomain
package import PrepaperJSON

/// A bar inside its mother, nearly as long as she is and of her colour: a stop-entry order in their direction.
///
/// The first accepted inside bar of each session window and local day makes the trade, also where it gives no order.
package struct ConfirmedBreakoutStrategy: InsideBarTrading {
  /// The strategy's name in manifests.
  package static let strategyKey = "confirmed_breakout_intraday"
  /// Its shorter name.
  package static let alias: String? = "confirmed_breakout"

  private let settings: ConfirmedBreakoutParameters

  /// The strategy with its parameters.
  package init(_ settings: ConfirmedBreakoutParameters) {
    self.settings = settings
  }

  /// The strategy with the parameters of a backtest.
  package init(parameters: [String: JSONValue], timeframe: Timeframe) throws(RunError) {
    self.init(try ConfirmedBreakoutParameters(parameters, timeframe: timeframe))
  }

  package var version: String { "2" }
  package var parameters: [String: JSONValue] { settings.materialised }
  package var ignoredParameters: [String] { settings.ignored }
  package var declared: [ParameterDeclaration] { settings.declared }

  package static var meanings: [String: String] {
    InsideBarSetup.meanings.merging([
      "mother_range_ratio_min": "the least range of the inside bar in ranges of the mother",
      "mother_range_ratio_max": "the largest range of the inside bar in ranges of the mother",
    ]) { $1 }
  }

  var setup: InsideBarSetup { settings.setup }
  var templatePrefix: String { "cb" }

  func refusal(of pattern: InsideBarPattern) -> Reject? { nil }

  func sides(of pattern: InsideBarPattern) -> Result<[Side], RefusedPattern> {
    let (mother, inside) = (pattern.mother, pattern.inside)
    // Not-a-number, where neither bar has a range, is in no range.
    let ratio = inside.range / mother.range
    guard settings.rangeRatio.contains(ratio) else {
      let (least, most) = (settings.rangeRatio.lowerBound, settings.rangeRatio.upperBound)
      return .failure(RefusedPattern(pattern.rejected(.rangeRatio, ratio, least, most)))
    }
    let (mothersBody, insidesBody) = (mother.close - mother.open, inside.close - inside.open)
    guard mothersBody != 0, insidesBody != 0 else {
      return .failure(RefusedPattern(pattern.rejected(.doji, mothersBody, insidesBody)))
    }
    guard (mothersBody > 0) == (insidesBody > 0) else {
      return .failure(RefusedPattern(pattern.rejected(.coloursDiffer, mothersBody, insidesBody)))
    }
    return .success([insidesBody > 0 ? .buy : .sell])
  }
}
