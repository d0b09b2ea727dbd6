import Foundation
import PrepaperDomain
import PrepaperJSON
import PrepaperMarketData
import PrepaperSourceTesting
import PrepaperTestSupport
import Testing

@Suite struct `bars of a vendor` {
  private static let key = "k3y+of/the&tests="
  private static let keyed =
    #", "auth": [{"header": "X-Key", "secret": "VENDOR_KEY"}, {"query": "k", "secret": "VENDOR_KEY"}]"#

  @Test func `give the run that the same bars in a file give, and are asked for once`() async throws {
    let (program, stock) = try made()
    try await Vendor.with({ request, _ in stock.answer(request) }) { vendor in
      try program.directory.write(Stock.descriptor(vendor, Self.keyed), to: "vendor.json")
      let keyed = ["BARS_SOURCE": "http:vendor.json", "VENDOR_KEY": Self.key]

      let file = try program.start(run("FILE"), environment: ["BARS_SOURCE": "csv:bars"]).wait()
      let first = try program.start(run("ONE"), environment: keyed).wait()
      let asked = vendor.requests.count
      let second = try program.start(run("TWO"), environment: keyed).wait()

      #expect(file.status == 0, "\(file.errors)")
      #expect(first.status == 0, "\(first.errors)")
      #expect(second.status == 0, "\(second.errors)")
      for name in ["plan.json", "bars/HOOD.M1.csv"] {
        let ofFile = try program.directory.read("artifacts/prepaper/FILE/\(name)")
        #expect(try program.directory.read("artifacts/prepaper/ONE/\(name)") == ofFile)
        #expect(try program.directory.read("artifacts/prepaper/TWO/\(name)") == ofFile)
      }
      let manifest = try JSONParser.parse(
        Array(program.directory.read("artifacts/prepaper/ONE/run_manifest.json").utf8))
      #expect(manifest["data"]?["provider"]?["source"] == .string("http"))
      #expect(manifest["data"]?["provider"]?["adjustment"] == .string("split"))
      #expect(asked > 1)
      #expect(vendor.requests.count == asked)
      #expect(vendor.requests.allSatisfy { $0.headers["x-key"] == Self.key && $0.query["k"] == Self.key })
      #expect(try placesOfTheKey(program) == [])
    }
  }

  @Test func `are fetched by a worker with a key from its credentials`() async throws {
    let (program, stock) = try made()
    try program.directory.write("\(Self.key)\n", to: "credentials/VENDOR_KEY")
    try await Vendor.with({ request, _ in stock.answer(request) }) { vendor in
      try program.directory.write(Stock.descriptor(vendor, Self.keyed), to: "config/prepaper/sources.d/vendor.json")
      let keyed = [
        "BARS_SOURCE": "http:vendor", "CREDENTIALS_DIRECTORY": "\(program.directory.path)/credentials",
        "PREPAPER_ARTIFACTS_ROOTS": "\(program.directory.path)/artifacts",
      ]
      try program.submit("R", "--replay-date", "2025-12-15")

      let worker = try program.start(["worker", "--drain"], environment: keyed).wait()

      #expect(worker.status == 0, "\(worker.errors)")
      #expect(try program.state("R") == "succeeded")
      #expect(vendor.requests.allSatisfy { $0.headers["x-key"] == Self.key })
      #expect(try placesOfTheKey(program) == ["credentials/VENDOR_KEY"])
    }
  }

  @Test func `are kept beside the queue that a worker works on`() async throws {
    let (program, stock) = try made()
    try FileManager.default.createDirectory(
      atPath: "\(program.directory.path)/other", withIntermediateDirectories: true)
    try await Vendor.with({ request, _ in stock.answer(request) }) { vendor in
      try program.directory.write(Stock.descriptor(vendor), to: "vendor.json")
      try program.submit("R", "--replay-date", "2025-12-15", "--queue-db", "other/jobs.db")

      let worker = try program.start(
        ["worker", "--drain", "--queue-db", "other/jobs.db"],
        environment: [
          "BARS_SOURCE": "http:\(program.directory.path)/vendor.json",
          "PREPAPER_ARTIFACTS_ROOTS": "\(program.directory.path)/artifacts",
        ]
      ).wait()

      #expect(worker.status == 0, "\(worker.errors)")
      let kept = try FileManager.default.subpathsOfDirectory(atPath: program.directory.path)
        .filter { $0.hasSuffix(".db") && $0.contains("bars_") }
      #expect(kept.map { $0.prefix { $0 != "_" } } == ["other/bars"])
    }
  }

  @Test(arguments: [
    (401, Int32(78), "provider_refused"), (404, 66, "symbol_unknown"), (429, 75, "provider_rate_limited"),
    (503, 75, "provider_unavailable"), (200, 65, "bars_invalid"),
  ])
  func `that does not give them end the run with its words, never with the key`(
    answer: Int, status: Int32, code: String
  ) async throws {
    let (program, _) = try made()
    let echo: @Sendable (VendorRequest, Int) -> VendorReply = { request, _ in
      .json("you sent \(request.headers["x-key"] ?? "nothing")", status: answer)
    }
    try await Vendor.with(echo) { vendor in
      // A wait that is longer than the fetch may take, so that what may pass is not tried again.
      let limits =
        #", "limits": {"fetch_seconds": 60}, "retry": {"first_wait_seconds": 600, "longest_wait_seconds": 600}"#
      try program.directory.write(Stock.descriptor(vendor, Self.keyed + limits), to: "vendor.json")

      let result = try program.start(
        run("R") + ["--json"], environment: ["BARS_SOURCE": "http:vendor.json", "VENDOR_KEY": Self.key]
      ).wait()

      #expect(result.status == status, "\(result.errors)")
      #expect(try result.errorCode == code)
      #expect(result.errors.contains("you sent ***"), "\(result.errors)")
      #expect(try placesOfTheKey(program) == [])
      #expect(!FileManager.default.fileExists(atPath: "\(program.directory.path)/artifacts/prepaper/R"))
    }
  }

  @Test func `changed in their description are asked for anew`() async throws {
    let (program, stock) = try made()
    try await Vendor.with({ request, _ in stock.answer(request) }) { vendor in
      let descriptor = Stock.descriptor(vendor)
      try program.directory.write(descriptor, to: "vendor.json")
      let source = ["BARS_SOURCE": "http:vendor.json"]
      let first = try program.start(run("ONE"), environment: source).wait()
      let asked = vendor.requests.count

      try program.directory.write(Stock.descriptor(vendor, #", "settling_seconds": 60"#), to: "vendor.json")
      let slower = try program.start(run("TWO"), environment: source).wait()
      let afterSlower = vendor.requests.count
      try program.directory.write(descriptor.replacing(#""split""#, with: #""raw""#), to: "vendor.json")
      let other = try program.start(run("THREE"), environment: source).wait()

      #expect([first.status, slower.status, other.status] == [0, 0, 0], "\(first.errors)\(other.errors)")
      #expect(afterSlower == asked)
      #expect(vendor.requests.count == 2 * asked)
    }
  }

  private func run(_ id: String) -> [String] {
    ["run", "--backtest-run-id", "B", "--run-id", id, "--replay-date", "2025-12-15"]
  }

  /// A program for real runs of the backtest `B`, with made-up bars in `bars` and at a vendor.
  private func made() throws -> (Program, Stock) {
    var program = try Program()
    program.environment["MARKETDATA_PROVIDER"] = "real"
    program.environment["SIGNALS_DB_PATH"] = "\(program.directory.path)/signals.db"
    try program.write(backtest: "B")
    let fake = try program.start(run("MADE"), environment: ["MARKETDATA_PROVIDER": "fake"]).wait()
    #expect(fake.status == 0, "\(fake.errors)")
    let text = try program.directory.read("artifacts/prepaper/MADE/bars/HOOD.M1.csv")
    try program.directory.write(text, to: "bars/HOOD.M1.csv")
    let stock = Stock()
    stock.put([
      try BarSeries(csv: Array(text.utf8), source: "made", symbol: symbol("HOOD"), timeframe: .m1)
    ])
    return (program, stock)
  }

  /// The files below the program's directory, outputs and databases too, in which the key stands in any form.
  private func placesOfTheKey(_ program: Program) throws -> [String] {
    let encoded = Self.key.replacing("+", with: "%2B").replacing("/", with: "%2F").replacing("&", with: "%26")
      .replacing("=", with: "%3D")
    var places: [String] = []
    let files = try FileManager.default.subpathsOfDirectory(atPath: program.directory.path)
    for file in files {
      guard let contents = FileManager.default.contents(atPath: "\(program.directory.path)/\(file)") else { continue }
      if [Self.key, encoded, encoded.lowercased()].contains(where: { contents.range(of: Data($0.utf8)) != nil }) {
        places.append(file)
      }
    }
    #expect(files.count > 10)
    return places
  }
}
