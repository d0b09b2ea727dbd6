package import PrepaperDomain
package import PrepaperJSON

/// The parameters of the confirmed breakout strategy, read and checked.
package struct ConfirmedBreakoutParameters: Sendable {
  let setup: InsideBarSetup
  let rangeRatio: ClosedRange<Double>
  let materialised: [String: JSONValue]
  let declared: [ParameterDeclaration]
  let ignored: [String]

  /// The parameters of a backtest, for bars of a timeframe.
  ///
  /// - Throws: `RunError` with `params_invalid`, naming the parameter that is unknown, out of range, missing or
  ///   without effect.
  package init(_ given: [String: JSONValue], timeframe: Timeframe) throws(RunError) {
    var reader = try ParameterReader(
      given, of: ConfirmedBreakoutStrategy.self, required: InsideBarSetup.required, aliases: InsideBarSetup.aliases)
    setup = try InsideBarSetup(&reader, timeframe: timeframe)
    let least = try reader.double("mother_range_ratio_min", default: 0.751, in: 0...1.5)
    let most = try reader.double("mother_range_ratio_max", default: 0.912, in: 0...1.5)
    guard least > 0 else { throw reader.invalid("mother_range_ratio_min", "must be above 0") }
    guard least < most else {
      throw reader.invalid("mother_range_ratio_min", "must be below mother_range_ratio_max, \(most), is \(least)")
    }
    rangeRatio = least...most
    ignored = reader.ignored
    materialised = reader.materialised
    declared = reader.declared
  }
}
