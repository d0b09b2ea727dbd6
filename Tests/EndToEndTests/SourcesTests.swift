import Foundation
import PrepaperDomain
import PrepaperJSON
import PrepaperTestSupport
import Testing

/// The list of sources of bars.
struct SourcesTests {
  @Test func `those of prepaper and those of the operator are listed`() throws {
    let program = try Program(["APCA_API_KEY_ID": "k3y", "APCA_API_SECRET_KEY": "s3cret"])
    try program.directory.write(#"{"kind": "http"}"#, to: "config/prepaper/sources.d/broken.json")
    try program.directory.write(
      #"{"kind": "exec", "command": ["/bin/true"], "adjustment": "split"}"#,
      to: "config/prepaper/sources.d/parquet.json")
    let own = try program.run("sources", "show", "polygon").output
      .replacing("US stocks from Polygon", with: "My own account")
    try program.directory.write(own, to: "config/prepaper/sources.d/polygon.json")

    let json = try program.run("sources", "--json")
    let text = try program.run("sources")

    #expect(text.status == 0, "\(text.errors)")
    let lines = text.output.split(separator: "\n").map { $0.split(separator: " ", omittingEmptySubsequences: true) }
    #expect(lines.map { $0[0] } == ["SOURCE", "http:alpaca", "http:eodhd", "exec:parquet", "http:polygon"])
    #expect(lines.map { $0[1] } == ["FROM", "prepaper", "prepaper", "operator", "operator"])
    #expect(lines[1][2...4] == ["M1,M5,M15,M30,D1", "raw", "set"])
    #expect(lines[2][2...5] == ["M1,M5", "raw", "not", "set"])
    #expect(text.output.contains("My own account"))
    #expect(
      text.errors.contains(
        "config/prepaper/sources.d/broken.json: url, timeframes, span, records, fields, time and adjustment are missing"
      ))
    #expect(json.status == 0)
    guard case .array(let sources)? = try json.json["sources"], case .array(let unusable)? = try json.json["unusable"]
    else {
      Issue.record("no lists: \(json.output)")
      return
    }
    #expect(sources.map { $0["setting"] } == ["http:alpaca", "http:eodhd", "exec:parquet", "http:polygon"])
    #expect(sources[0]["problems"] == .array([]))
    #expect(sources[1]["problems"] == .array(["EODHD_API_TOKEN is not set"]))
    #expect(sources[0]["document"]?["paging"]?["kind"] == "token")
    #expect(unusable.map { $0["name"] } == ["broken"])
    #expect(!(text.output + json.output).contains("k3y"))
    #expect(!(text.output + json.output).contains("s3cret"))
  }

  @Test func `the document of one begins one's own`() throws {
    let program = try Program(["MARKETDATA_PROVIDER": "real", "BARS_SOURCE": "http:./mine.json"])
    try program.write(backtest: "B")

    let shown = try program.run("sources", "show", "alpaca")
    try program.directory.write(shown.output, to: "mine.json")
    let used = try program.run(
      "run", "--backtest-run-id", "B", "--run-id", "R", "--replay-date", "2025-12-15",
      environment: ["SIGNALS_DB_PATH": "\(program.directory.path)/signals.db"])

    #expect(shown.status == 0)
    #expect(shown.errors == "prepaper: APCA_API_KEY_ID is not set\nprepaper: APCA_API_SECRET_KEY is not set\n")
    #expect(used.status == 78)
    #expect(used.errors.contains("mine needs the secret APCA_API_KEY_ID"), "\(used.errors)")
  }

  @Test func `one that is not there is named with those that are`() throws {
    let result = try Program().run("sources", "show", "nothing", "--json")

    #expect(result.status == 66)
    #expect(try result.errorCode == "not_found")
    #expect(result.errors == "prepaper: there is no source 'nothing'; there are: alpaca, eodhd, polygon\n")
  }
}
