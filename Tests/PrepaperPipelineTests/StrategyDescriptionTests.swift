import PrepaperDomain
import PrepaperIndicators
import PrepaperJSON
import PrepaperPipeline
import Testing

@Suite struct StrategyDescriptionTests {
  @Test func `every strategy is described`() {
    let all = StrategyDescription.all

    #expect(all.map(\.key) == BuiltInStrategies.keys)
    #expect(all.map(\.key) == ["insidebar_intraday", "confirmed_breakout_intraday", "rudometkin_moc"])
    #expect(all.map(\.alias) == ["inside_bar", "confirmed_breakout", nil])
    #expect(all.map(\.warmUpBars) == [72, 72, 200])
    #expect(all.map(\.timeframes) == [[.m1, .m5, .m15, .m30, .h1], [.m1, .m5, .m15, .m30, .h1], [.d1]])
    #expect(all[0].features == [.averageTrueRange(period: 14)])
  }

  @Test(arguments: StrategyDescription.all)
  func `every parameter has a meaning, and known values`(strategy: StrategyDescription) {
    let names = strategy.parameters.map(\.declaration.name)

    #expect(Set(names).count == names.count)
    for parameter in strategy.parameters {
      #expect(!parameter.meaning.isEmpty, "\(parameter.declaration.name)")
      #expect(!parameter.declaration.values.isEmpty, "\(parameter.declaration.name)")
    }
  }

  @Test(arguments: [
    (0, InsideBarParametersTests.defaults), (2, RudometkinParametersTests.defaults),
  ])
  func `the defaults are those that a run has`(index: Int, defaults: [String: JSONValue]) {
    let described = StrategyDescription.all[index].parameters.map(\.declaration)

    for parameter in described {
      switch parameter.name {
      case "inside_bar_definition_mode", "timeframe_minutes": #expect(parameter.defaultValue == nil)
      case "order_validity_minutes": #expect(parameter.defaultValue == .integer(60))
      default: #expect(parameter.defaultValue == defaults[parameter.name], "\(parameter.name)")
      }
    }
    #expect(Set(described.map(\.name)).subtracting(["order_validity_minutes"]) == Set(defaults.keys))
  }

  @Test func `other names and known values are told`() throws {
    let inside = StrategyDescription.all[0].parameters.map(\.declaration)

    #expect(inside.first { $0.name == "session_filter" }?.alias == "session_windows")
    #expect(inside.first { $0.name == "inside_bar_mode" }?.values == "inclusive, strict")
    #expect(inside.first { $0.name == "risk_reward_ratio" }?.values == "0.001…1000.0")
    #expect(StrategyDescription.all[0].accepted.contains("trailing_*"))
  }
}
