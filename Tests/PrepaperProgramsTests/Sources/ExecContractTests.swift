import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import PrepaperMarketData
import PrepaperPrograms
import PrepaperSourceTesting
import PrepaperTestSupport
import Testing

@Suite(.timeLimit(.minutes(2)))
struct ExecContractTests {
  @Test(arguments: BarSourceContract.Rule.allCases)
  func `a program holds to what all sources hold to`(rule: BarSourceContract.Rule) async throws {
    let script = try Script.shell(#"test -f "$1/$3.$5.csv" || exit 66; cat "$1/$3.$5.csv""#)
    let contract = BarSourceContract(
      source: { series, directory in
        for series in series {
          let text = String(decoding: barsFileBytes(series), as: UTF8.self)
          try directory.write(text, to: "bars/\(series.symbol).\(series.timeframe.rawValue).csv")
        }
        let folder = try Registered()
        try folder.add(
          "own",
          [
            "kind": .string("exec"),
            "command": .array([.string(script.path), .string("\(directory.path)/bars")]),
          ])
        let file = try #require(try folder.folders.file(named: "own"))
        return ExecBarSource(try ExecSourceRegistration(file), archive: CSVBarArchive())
      },
      place: { _, index, _ in ["exec:own (\(script.path))", "line \(index + 2)"] })

    try await contract.check(rule)
  }
}
