import PrepaperDomain
import PrepaperJSON
import PrepaperPipeline
import PrepaperPrograms
import PrepaperTestSupport

/// Runs a program as a strategy of the name `own`.
func run(
  _ script: Script, registered more: [String: JSONValue] = [:], parameters: [String: JSONValue] = [:],
  symbols: [String] = ["HOOD"], inputs: [StrategyInput]? = nil, errors: Said = Said()
) async throws -> StrategyResult {
  let folder = try Registered()
  try folder.add(strategy: "own", script, more)
  let runner = try StrategyCatalog(folders: folder.folders, observe: { errors.add($0) })
    .runner(key: "own", parameters: parameters, timeframe: .m5, symbols: symbols.map { try symbol($0) })
  var rest = try (inputs ?? symbols.map { try SampleHistory(symbol: $0).input() })[...]
  return try await runner.run { rest.popFirst() }
}

/// A program that reads everything, prints these lines and ends.
func printing(_ lines: String...) throws -> Script {
  try Script.shell("cat >/dev/null\ncat <<'LINES'\n\(lines.joined(separator: "\n"))\nLINES")
}

/// The line of a signal of the sample's bar at an index.
func signalLine(
  bar index: Int, symbol: String = "HOOD", side: String = "BUY", price: String = "101.5", more: String = ""
) -> String {
  """
  {"type":"signal","symbol":"\(symbol)","side":"\(side)","entry_price":\(price),\
  "decided_at":"\(SampleHistory.close(index))"\(more)}
  """
}

/// The last line.
let doneLine = #"{"type":"done"}"#
