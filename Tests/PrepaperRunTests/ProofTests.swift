import Foundation
import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import PrepaperPipeline
import PrepaperRun
import PrepaperTestSupport
import Testing

/// What a run proves of itself before anybody may see it.
@Suite struct ProofTests {
  /// A week of made-up bars.
  private static let week = ("2025-12-08", "2025-12-13")

  private func request(_ bench: RunBench, _ symbols: [String] = ["HOOD"], isProven: Bool = true) throws -> RunRequest {
    try bench.request(
      window: days(Self.week.0, Self.week.1),
      options: RunOptions(symbols: symbols.map { try symbol($0) }, isProven: isProven))
  }

  private func flow(_ bench: RunBench, _ fault: ScriptedStrategy.Fault) -> RunFlow {
    bench.flow(strategies: ScriptedStrategy(fault))
  }

  private func proof(_ run: PublishedRun) throws -> [String?] {
    let proof = try run.manifest.at("proof")
    return [proof?["replay"]?.stringValue, proof?["lookahead"]?.stringValue]
  }

  @Test func `a strategy that keeps to its bars proves both, with each signal tried`() async throws {
    let bench = try RunBench()

    let run = try await bench.publish(request(bench, ["HOOD", "SPY"]), flow(bench, .none))

    let meta = try run.json("run_meta.json")
    let signals = try run.json("plan.json").list("orders").count
    #expect(try proof(run) == ["holds", "holds"])
    #expect(signals > 10)
    #expect(meta.at("lookahead.signals") == .integer(Int64(signals)))
    #expect(meta.at("lookahead.tried") == .integer(Int64(signals)))
    // Some are tried on all bars as well, and some bars without a signal.
    #expect(meta.at("lookahead.long_tests") == .integer(4))
    #expect(meta.at("lookahead.quiet")?.integerValue ?? 0 > 60)
    #expect(meta.at("lookahead.reason") == nil)
    #expect(try bench.made().filter { $0.contains("replay") } == [])
  }

  @Test func `a strategy with a long memory is tried on all bars before each decision`() async throws {
    let bench = try RunBench()

    let run = try await bench.publish(request(bench, ["HOOD", "SPY"]), flow(bench, .remembersAll))

    let meta = try run.json("run_meta.json")
    #expect(try proof(run) == ["holds", "holds"])
    #expect(meta.at("lookahead.tried") == meta.at("lookahead.signals"))
    // Only the first day's decisions are the same on their own day alone.
    let long = try #require(meta.at("lookahead.long_tests")?.integerValue)
    #expect(long > 10)
  }

  @Test(arguments: [
    (ScriptedStrategy.Fault.looksAhead(1), "becomes"), (.looksAhead(5), "becomes"), (.looksAhead(70), "becomes"),
    (.knowsTheEnd, "becomes"), (.picksWinners, "is not there without the bars after it"),
    (.avoidsLosers(1), "the bars after it"),
    // By what the session after the next one brings.
    (.avoidsLosers(52), "it is left out, but is there without the bars after"),
    (.looksAheadBeyond(100), "becomes"),
    (.needsNextBar, "the strategy fails without the bars after it (list index out of range)"),
  ])
  func `a strategy that sees the future ends the run, with the signal named`(
    fault: ScriptedStrategy.Fault, words: String
  ) async throws {
    let bench = try RunBench()

    let error = try await #require(throws: RunError.self) {
      try await flow(bench, fault).stage(request(bench))
    }

    #expect(error.code == .lookahead)
    #expect(!error.code.isTransient)
    #expect(error.message.hasPrefix("signal BUY HOOD, decided at 2025-12-"), "\(error)")
    #expect(error.message.contains(words), "\(error)")
    #expect(try bench.storedSignals() == [])
    #expect(try bench.made().filter { $0 != "prepaper" && $0 != "prepaper/.staging" } == [])
  }

  @Test(arguments: [1, 2, 7, 70])
  func `the bar that a signal needs is named`(distance: Int) async throws {
    let bench = try RunBench()
    let run = try await bench.publish(request(bench, isProven: false), flow(bench, .looksAhead(distance)))
    let first = try #require(try run.json("plan.json").list("orders").first?["ts"]?.stringValue)
    let decided = try instant(first)
    let closes = try run.m15Opens()
    let place = try #require(closes.firstIndex(of: decided + .seconds(-900)))

    let other = try RunBench()
    let error = try await #require(throws: RunError.self) {
      try await flow(other, .looksAhead(distance)).stage(request(other))
    }

    #expect(error.message.contains("it needs the bar that opens at \(closes[place + distance])"), "\(error)")
  }

  @Test func `what is not taken may not know the future either`() async throws {
    let bench = try RunBench()

    let error = try await #require(throws: RunError.self) {
      try await flow(bench, .tellsInRejects).stage(request(bench))
    }

    #expect(error.code == .lookahead)
    #expect(error.message.hasPrefix("reject untaken of HOOD, decided at 2025-12-"), "\(error)")
    #expect(error.message.contains("it is another one"), "\(error)")
  }

  @Test func `a program may not know another symbol's next bar`() async throws {
    let bench = try RunBench()
    var strategy = ScriptedStrategy(.knowsTheOther)
    strategy.isProgram = true

    let error = try await #require(throws: RunError.self) {
      try await bench.flow(strategies: strategy).stage(request(bench, ["HOOD", "SPY"]))
    }

    #expect(error.code == .lookahead)
    #expect(error.message.hasPrefix("signal BUY SPY, decided at"), "\(error)")
    #expect(error.message.contains("it needs the bar of HOOD that opens at"), "\(error)")
  }

  @Test func `a program that looks ahead only where it has all bars of a long run is caught`() async throws {
    // Given a session of 78 bars with three sessions after it in a short trial, and five of them in all
    var backtest = Backtest()
    backtest.timeframe = .m5
    let bench = try RunBench(backtest)
    var strategy = ScriptedStrategy(.looksAheadBeyond(350))
    strategy.isProgram = true
    var limits = TrialLimits()
    limits.fewBars = 100

    let error = try await #require(throws: RunError.self) {
      try await bench.flow(strategies: strategy, limits: limits).stage(request(bench))
    }

    #expect(error.code == .lookahead)
  }

  @Test(arguments: [false, true])
  func `a strategy that is strict with its bars meets nothing strange`(isProgram: Bool) async throws {
    let bench = try RunBench()
    var strategy = ScriptedStrategy(.isStrict)
    strategy.isProgram = isProgram

    let run = try await bench.publish(request(bench, ["HOOD", "SPY"]), bench.flow(strategies: strategy))

    #expect(try proof(run) == ["holds", "holds"])
  }

  @Test func `a daily bar with what was traded after its decision is caught, whoever built it`() async throws {
    // Given minutes, some of them after the close
    var backtest = Backtest()
    backtest.timeframe = .d1
    let bench = try RunBench(backtest)
    try await bench.writeBars("2025-11-03T00:00:00Z", "2025-12-20T00:00:00Z")
    try bench.appendEvenings()
    let week = try days("2025-12-01", "2025-12-20")
    let request = try bench.request(window: week, sessionMode: .all)
    var strategy = ScriptedStrategy(.none)
    strategy.every = 1

    // When days are built as they should be, or with all of their local day
    let run = try await bench.publish(request, bench.flow(bench.files(), strategies: strategy))
    let error = try await #require(throws: RunError.self) {
      try await bench.flow(bench.files(), strategies: strategy, resampling: WholeDays.self)
        .stage(bench.request("run-2", window: week, sessionMode: .all))
    }

    #expect(try proof(run) == ["holds", "holds"])
    #expect(error.code == .lookahead)
    #expect(error.message.contains("saw the future"), "\(error)")
  }

  @Test func `one of several symbols is enough`() async throws {
    let bench = try RunBench()

    let error = try await #require(throws: RunError.self) {
      try await flow(bench, .looksAhead(2)).stage(request(bench, ["AAPL", "HOOD", "SPY"]))
    }

    #expect(error.code == .lookahead)
    #expect(error.message.hasPrefix("signal BUY AAPL"), "\(error)")
  }

  @Test func `a run that comes out another way publishes nothing and keeps both versions`() async throws {
    let bench = try RunBench()

    let error = try await #require(throws: RunError.self) { try await flow(bench, .counts).stage(request(bench)) }

    #expect(error.code == .nondeterministic)
    #expect(!error.code.isTransient)
    #expect(error.message.contains("another outputs.plan_hash"), "\(error)")
    #expect(try bench.storedSignals() == [])
    let kept = "prepaper/.aside/run-1"
    #expect(error.message.contains("\(bench.root)/\(kept)"))
    let made = try bench.made()
    #expect(made.contains("\(kept)/bars/HOOD.M1.csv"))
    for file in ["plan.json", "signals_export.json", "run_manifest.json"] {
      let first = try Data(contentsOf: URL(fileURLWithPath: "\(bench.root)/\(kept)/\(file)"))
      let second = try Data(contentsOf: URL(fileURLWithPath: "\(bench.root)/\(kept)/replay/\(file)"))
      #expect(first != second)
    }
    #expect(made.filter { $0.hasPrefix("prepaper/run-1") || $0.hasPrefix("prepaper/.staging/") } == [])
  }

  @Test func `a strategy that fails when it runs again publishes nothing`() async throws {
    let bench = try RunBench()

    let error = try await #require(throws: RunError.self) { try await flow(bench, .failsLater).stage(request(bench)) }

    #expect(error.code == .strategyFailed)
    #expect(try bench.storedSignals() == [])
  }

  @Test func `a strategy that fails with all bars too is not said to see the future`() async throws {
    let bench = try RunBench()

    let error = try await #require(throws: RunError.self) {
      try await flow(bench, .failsLaterStill).stage(request(bench))
    }

    #expect(error.code == .strategyFailed)
    #expect(error.message == "it took too long")
  }

  @Test func `a program with very many decisions is tried on as many as there may be`() async throws {
    let bench = try RunBench()
    var strategy = ScriptedStrategy(.none)
    strategy.isProgram = true
    strategy.every = 1
    var limits = TrialLimits()
    limits.fewBars = 100
    limits.ofProgram = (signals: 20, quiet: 5)

    let run = try await bench.publish(request(bench), bench.flow(strategies: strategy, limits: limits))

    let meta = try run.json("run_meta.json")
    let signals = try run.json("plan.json").list("orders").count
    #expect(try proof(run) == ["holds", "sampled"])
    #expect(signals > 40)
    #expect(meta.at("lookahead.tried") == .integer(20))
    // On both sides of them where there is none, and five others.
    let quiet = try #require(meta.at("lookahead.quiet")?.integerValue)
    #expect((6...45).contains(quiet))
    #expect(meta.at("lookahead.long_tests") == .integer(8))
    let reason = "there are \(signals - 20) instants with signals more than a program is tried at with so many bars"
    #expect(
      meta.at("lookahead.reason")
        == .string("\(signals - 20) of \(signals) signals were not tried: \(reason)"))
  }

  @Test func `without proofs the manifest says so, and the run may prove itself later`() async throws {
    let bench = try RunBench()

    let first = try await bench.publish(request(bench, isProven: false), flow(bench, .none))
    let before = try proof(first)
    let meta = try first.json("run_meta.json")
    let second = try await bench.publish(request(bench), flow(bench, .none))

    #expect(before == ["not_run", "not_run"])
    #expect(meta.at("lookahead") == .null)
    #expect(try proof(second) == ["holds", "holds"])
  }

  @Test func `too many decisions for long tests are sampled, and the proof says so`() async throws {
    let bench = try RunBench()
    var strategy = ScriptedStrategy(.remembersAll)
    strategy.isProgram = true
    strategy.every = 3
    var limits = TrialLimits()
    limits.fewBars = 100
    limits.longOfProgram = 10

    let run = try await bench.publish(request(bench), bench.flow(strategies: strategy, limits: limits))

    let meta = try run.json("run_meta.json")
    #expect(try proof(run) == ["holds", "sampled"])
    #expect(meta.at("lookahead.long_tests") == .integer(18))
    #expect(meta.at("lookahead.reason")?.stringValue?.contains("it takes all bars to try it there") == true)
    let tried = try #require(meta.at("lookahead.tried")?.integerValue)
    let signals = try #require(meta.at("lookahead.signals")?.integerValue)
    #expect(tried < signals)
  }

  @Test func `a run without signals proves its replay and has nothing else to prove`() async throws {
    let bench = try RunBench()

    let run = try await bench.publish(bench.request(window: .day(day("2025-12-13"))))

    #expect(try proof(run) == ["holds", "no_signals"])
  }
}

/// Builds daily bars of all that is traded in their local day: the mistake that the proof must see.
private struct WholeDays: BarResampling {
  private let sessions: [Session]
  private let zone: MarketTimeZone

  init(timeframe: Timeframe, sessionMode: SessionMode, schedule: SessionSchedule) {
    sessions = schedule.sessions
    zone = schedule.timeZone
  }

  func resample(_ base: BarSeries, until: UTCTimestamp) -> BarSeries {
    var days = BarSeries(symbol: base.symbol, timeframe: .d1)
    for session in sessions where session.close <= until {
      let day = TimeSpan(
        from: zone.instant(of: session.day, secondOfDay: 0),
        to: zone.instant(of: session.day.advanced(byDays: 1), secondOfDay: 0))
      let part = base.slice(base.indices(in: day))
      guard let high = part.high.max(), let low = part.low.min() else { continue }
      days.append(
        Bar(
          time: session.day.startUTC, open: part.open[0], high: high, low: low, close: part.close[part.count - 1],
          volume: part.volume.reduce(0, +)))
    }
    return days
  }
}

extension RunBench {
  /// Adds a trade at another price half an hour after each session of the file of HOOD.
  fileprivate func appendEvenings() throws {
    let path = "\(directory.path)/bars/HOOD.M1.csv"
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    var text = "\(lines[0])\n"
    for (line, next) in zip(lines.dropFirst(), lines.dropFirst(2).map { Optional($0) } + [nil]) {
      text += line + "\n"
      guard next.map({ $0.prefix(10) != line.prefix(10) }) ?? true else { continue }
      text += "\(line.prefix(10))T21:30:00Z,500.0,500.0,500.0,500.0,100.0\n"
    }
    try directory.write(text, to: "bars/HOOD.M1.csv")
  }
}

extension PublishedRun {
  /// The opens of the run's bars of 15 minutes.
  fileprivate func m15Opens() throws -> [UTCTimestamp] {
    let lines = String(decoding: try bytes("bars/HOOD.M1.csv"), as: UTF8.self).split(separator: "\n").dropFirst()
    return try lines.compactMap { line in
      let time = try instant(String(line.prefix { $0 != "," }))
      return time.seconds % 900 == 0 ? time : nil
    }
  }
}
