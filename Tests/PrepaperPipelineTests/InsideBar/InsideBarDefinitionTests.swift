import PrepaperDomain
import PrepaperJSON
import PrepaperPipeline
import Testing

@Suite struct InsideBarDefinitionTests {
  static let modes = [
    "mb_body_oc__ib_hl", "mb_body_oc__ib_body", "mb_range_hl__ib_hl", "mb_high__ib_high_and_close_in_mb_range",
  ]

  // The mother goes from 100 to 110, her body from 102 to 108. In the order of the modes: i inside where touching
  // counts, s inside also where it does not, - outside.
  @Test(
    arguments: [
      ([103, 107, 103, 106], "ssss"), ([103, 108, 102, 107], "isss"), ([103, 110, 100, 107], "-sii"),
      ([103, 109, 100, 107], "-sis"), ([103, 110, 101, 107], "-sii"), ([102, 109, 101, 108], "-iss"),
      ([108, 109, 101, 102], "-iss"), ([103, 109, 95, 107], "-s-s"), ([103, 109, 95, 100], "---i"),
      ([103, 109, 95, 99], "----"), ([103, 111, 101, 107], "-s--"), ([103, 110.5, 101, 110], "----"),
      ([109, 110, 108.5, 110], "--ii"), ([101, 109, 101, 107], "--ss"), ([103, 109.5, 103, 109], "--ss"),
      ([102, 110, 100, 108], "-iii"), ([105, 105, 105, 105], "ssss"),
    ] as [([Double], String)])
  func `a bar is inside by each definition or not`(inside: [Double], codes: String) throws {
    var pattern = try SamplePattern()
    try pattern.put(SamplePattern.mother, (inside[0], inside[1], inside[2], inside[3]), at: "10:00")

    for (mode, code) in zip(Self.modes, codes) {
      for (inclusion, expected) in [("inclusive", code != "-"), ("strict", code == "s")] {
        let result = try pattern.evaluate([
          "inside_bar_definition_mode": .string(mode), "inside_bar_mode": .string(inclusion),
        ])

        #expect(result.signals.count == (expected ? 2 : 0), "\(mode) \(inclusion)")
      }
    }
  }

  @Test func `a falling mother's body is the same body`() throws {
    var pattern = try SamplePattern()
    try pattern.put((108, 110, 100, 102), (107, 108, 102, 103), at: "10:00")

    let result = try pattern.evaluate(["inside_bar_definition_mode": .string("mb_body_oc__ib_hl")])

    #expect(result.signals.count == 2)
  }

  @Test func `bars that stand apart are no pattern`() throws {
    let result = try SamplePattern().evaluate()

    #expect(result == StrategyResult())
  }
}
