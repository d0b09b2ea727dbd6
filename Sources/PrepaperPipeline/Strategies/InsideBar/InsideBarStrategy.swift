package import PrepaperDomain
package import PrepaperJSON

/// A bar inside the one before it, the mother: stop-entry orders on both sides of her, one of which cancels the other.
///
/// The first accepted inside bar of each session window and local day makes the trade; its close is the decision.
package struct InsideBarStrategy: InsideBarTrading {
  /// The strategy's name in manifests.
  package static let strategyKey = "insidebar_intraday"
  /// Its older name.
  package static let alias: String? = "inside_bar"

  private let settings: InsideBarParameters

  /// The strategy with its parameters.
  package init(_ settings: InsideBarParameters) {
    self.settings = settings
  }

  /// The strategy with the parameters of a backtest.
  package init(parameters: [String: JSONValue], timeframe: Timeframe) throws(RunError) {
    self.init(try InsideBarParameters(parameters, timeframe: timeframe))
  }

  package var version: String { "2" }
  package var parameters: [String: JSONValue] { settings.materialised }
  package var ignoredParameters: [String] { settings.ignored }
  package var declared: [ParameterDeclaration] { settings.declared }

  package static var meanings: [String: String] {
    InsideBarSetup.meanings.merging([
      "min_mother_body_fraction": "share of the mother's range that is body",
      "min_inside_body_fraction": "share of the inside bar's range that is body",
    ]) { $1 }
  }

  var setup: InsideBarSetup { settings.setup }
  var templatePrefix: String { "ib" }

  func refusal(of pattern: InsideBarPattern) -> Reject? {
    let (mother, inside) = (pattern.mother.bodyFraction, pattern.inside.bodyFraction)
    guard mother >= settings.minMotherBodyFraction else {
      return pattern.rejected(.motherBodyFraction, mother, settings.minMotherBodyFraction)
    }
    guard inside >= settings.minInsideBodyFraction else {
      return pattern.rejected(.insideBodyFraction, inside, settings.minInsideBodyFraction)
    }
    return nil
  }

  func sides(of pattern: InsideBarPattern) -> Result<[Side], RefusedPattern> { .success([.buy, .sell]) }
}
