package import PrepaperDomain
package import PrepaperJSON

/// The parameters of the inside bar strategy, read and checked.
package struct InsideBarParameters: Sendable {
  let setup: InsideBarSetup
  let minMotherBodyFraction: Double
  let minInsideBodyFraction: Double
  let materialised: [String: JSONValue]
  let declared: [ParameterDeclaration]
  let ignored: [String]

  /// The parameters of a backtest, for bars of a timeframe.
  ///
  /// - Throws: `RunError` with `params_invalid`, naming the parameter that is unknown, out of range, missing or
  ///   without effect.
  package init(_ given: [String: JSONValue], timeframe: Timeframe) throws(RunError) {
    var reader = try ParameterReader(
      given, of: InsideBarStrategy.self, required: InsideBarSetup.required, aliases: InsideBarSetup.aliases)
    setup = try InsideBarSetup(&reader, timeframe: timeframe)
    minMotherBodyFraction = try reader.double("min_mother_body_fraction", default: 0.55, in: 0...1)
    minInsideBodyFraction = try reader.double("min_inside_body_fraction", default: 0.40, in: 0...1)
    ignored = reader.ignored
    materialised = reader.materialised
    declared = reader.declared
  }
}
