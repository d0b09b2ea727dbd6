import PrepaperDomain
import PrepaperJSON
import PrepaperMarketData
import PrepaperPrograms
import PrepaperSourceTesting
import PrepaperTestSupport
import Testing

@Suite(.timeLimit(.minutes(2)))
struct ExecBarSourceTests {
  private let span = TimeSpan(
    from: UTCTimestamp(seconds: 1_765_809_000), to: UTCTimestamp(seconds: 1_765_809_000 + 600))

  private func source(
    _ script: Script, _ more: [String: JSONValue] = [:], errors: Said = Said()
  ) throws -> ExecBarSource {
    let folder = try Registered()
    try folder.add(
      "own", ["kind": .string("exec"), "command": .array([.string(script.path)])].merging(more) { _, new in new })
    let file = try #require(try folder.folders.file(named: "own"))
    return ExecBarSource(try ExecSourceRegistration(file), archive: CSVBarArchive(), observe: { errors.add($0) })
  }

  private func feed(_ source: ExecBarSource, base: Timeframe? = .m1) async throws -> any BarFeed {
    let source: any BarSource = source
    return try await source.open(
      FeedRequest(
        symbol: try symbol("HOOD"), timeframe: .m5, base: base, calendar: AlwaysOpenCalendar(),
        now: try instant("2026-01-01T00:00:00Z")))
  }

  @Test func `it is asked for symbol, timeframe and times, and its bars are those of the span`() async throws {
    let errors = Said()
    let script = try Script.shell(
      """
      echo "$@" >&2
      echo ts,open,high,low,close,volume
      for ts in 1765808940 1765809000 1765809060 1765809540 1765809600; do echo $ts,1,2,0.5,1.5,100; done
      """)
    let source = try source(
      script, ["adjustment": .string("split"), "settling_seconds": .integer(900)], errors: errors)
    let feed = try await feed(source)

    let bars = try await feed.bars(in: span)

    #expect(
      errors.all == [
        "--symbol HOOD --timeframe M1 --from 2025-12-15T14:30:00Z --to 2025-12-15T14:40:00Z"
      ])
    #expect(bars.series.timeframe == .m1)
    #expect(bars.series.time.map(\.seconds) == [1_765_809_000, 1_765_809_060, 1_765_809_540])
    #expect(source.kind == "exec")
    #expect(source.adjustment == "split")
    #expect(feed.coverage == .until(try instant("2025-12-31T23:45:00Z")))
    #expect(feed.settledUntil == (try instant("2025-12-31T23:45:00Z")))
  }

  @Test func `without a base timeframe the wanted one is asked for`() async throws {
    let script = try Script.shell("echo ts,open,high,low,close,volume; test $4 = M5")

    let bars = try await feed(try source(script), base: nil).bars(in: span)

    #expect(bars.series.isEmpty)
    #expect(bars.series.timeframe == .m5)
  }

  @Test(
    arguments: [
      (
        "echo 'no such symbol' >&2; exit 65", RunErrorCode.symbolUnknown,
        "has no bars of HOOD; the end of its stderr: no such symbol"
      ),
      ("exit 66", .symbolUnknown, "has no bars of HOOD"),
      (
        "echo 'no route' >&2; exit 1", .providerUnavailable,
        "ended with status 1 when asked for bars of HOOD; the end of its stderr: no route"
      ),
      ("kill -KILL $$", .providerUnavailable, "was ended by signal 9 (Killed)"),
      ("exec sleep 1000", .providerUnavailable, "took longer than its 1 s"),
      ("true", .barsInvalid, "line 1: the file is empty"),
      ("echo ts,open", .barsInvalid, "line 1: column 'high' is missing"),
      (
        "printf 'ts,open,high,low,close,volume\\n1765809000,1,2,x,1,1\\n'", .barsInvalid,
        "line 2: column low: 'x' is not a number"
      ),
      ("printf 'ts,open,high,low,close,volume\\n1765809000,1,\\377\\n'", .barsInvalid, "line 2: 3 fields"),
      (
        "printf 'ts,open,high,low,close,volume\\n1765809000,1,2,3,1,1\\n'", .barsInvalid,
        "line 2: low 3.0 is above open or close"
      ),
    ])
  func `a program that fails is named`(ending: String, code: RunErrorCode, problem: String) async throws {
    let script = try Script.shell(ending)
    let seconds: Int64 = problem.hasSuffix("its 1 s") ? 1 : 60
    let feed = try await feed(try source(script, ["limits": .object(["wall_seconds": .integer(seconds)])]))

    let error = try await #require(throws: RunError.self) { try await feed.bars(in: span) }

    #expect(error.code == code)
    #expect(error.message.contains(problem), "\(error)")
    #expect(error.message.contains("exec:own (\(script.path))"), "\(error)")
  }

  @Test func `a cancelled run ends the program`() async throws {
    let errors = Said()
    let script = try Script.shell("echo $$ >&2; exec sleep 1000")
    let feed = try await feed(try source(script, errors: errors))
    let task = Task { [span] in try await feed.bars(in: span) }
    try await eventually("it has begun") { !errors.all.isEmpty }

    task.cancel()

    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(!isRunning(try #require(Int32(errors.all[0]))))
  }

  @Test(
    arguments: [
      (["kind": JSONValue.string("http")], ": kind must be 'exec'"),
      (["url": .string("x")], ": 'url' is not known; known are: adjustment, command, kind, limits, settling_seconds"),
      (["settling_seconds": .string("x")], ": settling_seconds must be a whole number, is text"),
      (["adjustment": .string("")], ": adjustment must not be empty"),
    ])
  func `a registration that is wrong is named with its place`(wrong: [String: JSONValue], problem: String) throws {
    let script = try Script.shell("true")

    let error = try #require(throws: RegistrationError.self) { try source(script, wrong) }

    #expect(error.description.contains("own.json\(problem)"), "\(error)")
  }
}
