import Foundation
import PrepaperDomain
import PrepaperJSON
import PrepaperPipeline
import PrepaperPrograms
import PrepaperTestSupport
import Testing

/// What comes of a strategy's program that goes wrong, or does as it should in an odd way.
@Suite(.timeLimit(.minutes(2)))
struct ExternalStrategyFailureTests {
  @Test(
    arguments: [
      ("hello", #"line 1 of its output: column 1: no value begins like this: hello"#),
      (#"{"type":"done"}x"#, #"line 1 of its output: column 16: more text after the value: {"type":"done"}x"#),
      ("[1]", "line 1 of its output: must be an object, is a list: [1]"),
      ("", "line 1 of its output: column 1: the text ends where a value should be"),
      (#"{"symbol":"HOOD"}"#, "line 1 of its output: type is missing: {"),
      (#"{"type":"order"}"#, "type must be one of signal, reject, done, is 'order'"),
      (#"{"type":3}"#, "type must be one of signal, reject, done, is a number"),
      (#"{"type":"done","type":"done"}"#, "column 16: the key 'type' stands twice in this object"),
      (#"{"type":"done","more":1}"#, "'more' is not known; known are: type"),
      (
        signalLine(bar: 4, more: #","stop":99"#),
        "'stop' is not known; known are: decided_at, entry_price, reason, side, sl, symbol, tp, ts, type"
      ),
      (#"{"type":"signal","symbl":"HOOD"}"#, "symbol, side and entry_price are missing; 'symbl' is not known"),
      (signalLine(bar: 4, symbol: "BAC"), "symbol is BAC, which is none of this run's"),
      (signalLine(bar: 4, symbol: "../x"), "symbol must be a symbol, [A-Za-z0-9][A-Za-z0-9._=^-]{0,31}, is '../x'"),
      (signalLine(bar: 4, side: "LONG"), "side must be one of BUY, SELL, is 'LONG'"),
      (signalLine(bar: 4, price: "0"), "entry_price must be a number above zero, is 0"),
      (signalLine(bar: 4, price: "-1.5"), "entry_price must be a number above zero, is -1.5"),
      (signalLine(bar: 4, price: "1e999"), "the number 1e999 is beyond a double's range"),
      (signalLine(bar: 4, price: "NaN"), "no value begins like this"),
      (signalLine(bar: 4, price: "null"), "entry_price is missing"),
      (signalLine(bar: 4, more: #","sl":"99""#), "sl must be a number above zero, is '99'"),
      (signalLine(bar: 4, more: #","tp":0.0"#), "tp must be a number above zero, is 0.0"),
      (
        signalLine(bar: 4, more: #","ts":"2025-12-15T14:30:00Z""#),
        "ts is 2025-12-15T14:30:00Z; the bar that closes at"
      ),
      (signalLine(bar: 4, more: #","reason":7"#), "reason must be text of 1 to 1,000 bytes, is 7"),
      (
        #"{"type":"signal","symbol":"HOOD","side":"BUY","entry_price":1}"#,
        "line 1 of its output: decided_at is missing: {"
      ),
      (
        #"{"type":"signal","symbol":"HOOD","side":"BUY","entry_price":1,"decided_at":"2025-12-15 14:55"}"#,
        "decided_at must be a time like 2025-12-15T14:30:00Z, is '2025-12-15 14:55'"
      ),
      (
        #"{"type":"signal","symbol":"HOOD","side":"BUY","entry_price":1,"decided_at":"2025-12-15T14:56:00Z"}"#,
        "was decided at 2025-12-15T14:56:00Z, when no bar of HOOD closes"
      ),
      (signalLine(bar: 6), "was decided at 2025-12-15T15:05:00Z, when no bar of HOOD closes"),
      (
        #"{"type":"reject","symbol":"HOOD","ts":"2025-12-15T14:31:00Z","reason":"x"}"#,
        "is of 2025-12-15T14:31:00Z, when no bar of HOOD opens"
      ),
      (
        #"{"type":"reject","symbol":"HOOD","ts":"2025-12-15T14:30:00Z","reason":"x","numbers":{"a":"b"}}"#,
        "numbers.a must be a number, is text"
      ),
    ])
  func `a line that is wrong is named with its number`(line: String, problem: String) async throws {
    let error = try await #require(throws: RunError.self) { try await run(try printing(line, doneLine)) }

    #expect(error.code == .strategyFailed)
    #expect(error.message.hasPrefix("strategy 'own', line 1 of its output: "), "\(error)")
    #expect(error.message.contains(problem), "\(error)")
  }

  @Test(
    arguments: [
      ("printf '\(doneLine)\\n\(doneLine)\\n'", "line 2 of its output: stands after done: {\"type\":\"done\"}"),
      ("printf '\(doneLine)\\n\\n'", "line 2 of its output: stands after done"),
      ("printf '\(doneLine)\\nhalf'", "line 2 of its output: does not end: half"),
      ("printf '\(doneLine)'", "line 1 of its output: does not end: {\"type\":\"done\"}"),
      ("true", "printed 0 lines and ended without {\"type\": \"done\"}"),
      ("echo why >&2; exit 7", "ended with status 7; the end of its stderr: why"),
      ("echo '\(doneLine)'; exit 7", "ended with status 7"),
      ("kill -KILL $$", "was ended by signal 9 (Killed)"),
      ("printf 'a\\377\\033[2Jb\\n'", "column 1: no value begins like this: a\\u{fffd}\\u{1b}[2Jb"),
      (
        "printf '{\"type\":\"reject\",\"symbol\":\"\\377\"}\\n'", "column 27: this text is not valid UTF-8"
      ),
      ("printf '\\000\\n'", "no value begins like this: \\u{0}"),
      ("exec >&-; echo gone >&2; exec sleep 1000", "ended without {\"type\": \"done\"}"),
    ])
  func `a program that ends wrong fails the run`(ending: String, problem: String) async throws {
    let script = try Script.shell("cat >/dev/null; \(ending)")

    let error = try await #require(throws: RunError.self) { try await run(script) }

    #expect(error.code == .strategyFailed)
    #expect(error.message.contains(problem), "\(error)")
  }

  @Test func `a huge line is refused before all of it is kept`() async throws {
    let script = try Script.python(
      """
      import sys
      sys.stdin.read()
      while True: sys.stdout.write('x' * 65536)
      """)

    let error = try await #require(throws: RunError.self) { try await run(script) }

    #expect(error.code == .strategyFailed)
    #expect(error.message.contains("line 1 of its output: is longer than 1 MiB: xxxx"))
    #expect(error.message.utf8.count < 1000)
  }

  @Test func `one that is done before it has read everything has not seen all bars`() async throws {
    let script = try Script.shell("echo '\(doneLine)'")

    let error = try await #require(throws: RunError.self) { try await run(script) }

    #expect(error.code == .strategyFailed)
    #expect(error.message.contains("line 1 of its output: says done before it has read all bars"), "\(error)")
  }

  @Test func `a signal before its bars is an error`() async throws {
    let script = try Script.shell("echo '\(signalLine(bar: 4))'; cat >/dev/null; echo '\(doneLine)'")

    let error = try await #require(throws: RunError.self) { try await run(script) }

    #expect(error.message.contains("line 1 of its output: was decided at 2025-12-15T14:55:00Z"), "\(error)")
  }

  @Test func `one that answers each bar at once is taken`() async throws {
    let script = try Script.python(
      """
      import json, sys
      for text in sys.stdin:
          line = json.loads(text)
          if line['type'] == 'bar' and not line.get('warmup'):
              print(json.dumps({'type': 'signal', 'symbol': line['symbol'], 'side': 'BUY', 'entry_price': line['high'],
                                'sl': None, 'decided_at': line['closes_at']}), flush=True)
      print(json.dumps({'type': 'done'}))
      """)

    let result = try await run(script, inputs: [try SampleHistory(bars: 60, warmUp: 10).input()])

    #expect(result.signals.count == 50)
    #expect(result.signals.allSatisfy { $0.stopPrice == nil })
  }

  @Test func `one that prints 10 MB before it reads is no deadlock`() async throws {
    let script = try Script.python(
      """
      import sys
      for _ in range(10): sys.stderr.write('z' * 1048576)
      sys.stderr.flush()
      sys.stdout.write(' ' * 900000)
      sys.stdout.flush()
      sys.stdin.read()
      print('\(doneLine)')
      """)

    let result = try await run(script, inputs: [try SampleHistory(bars: 20_000, warmUp: 3).input()])

    #expect(result.signals.isEmpty)
  }

  @Test func `the same signal twice is an error`() async throws {
    let error = try await #require(throws: RunError.self) {
      try await run(try printing(signalLine(bar: 4), signalLine(bar: 4, more: #","reason":"again""#), doneLine))
    }

    #expect(error.message.contains("line 2 of its output: is a signal that stands there already"))
  }

  @Test func `its limits are named when it reaches them`() async throws {
    let script = try Script.shell("cat >/dev/null; echo waits >&2; exec sleep 1000")

    let error = try await #require(throws: RunError.self) {
      try await run(script, registered: ["limits": .object(["wall_seconds": .integer(4)])])
    }

    #expect(error.code == .strategyFailed)
    #expect(error.message.hasPrefix("strategy 'own' (\(script.path)) took longer than its 4 s"))
    #expect(error.message.hasSuffix("the end of its stderr: waits"))
  }

  @Test func `an error of the bars ends the program and goes through`() async throws {
    let script = try Script.shell("echo $$ >&2; cat >/dev/null; exec sleep 1000")
    let (folder, errors) = (try Registered(), Said())
    try folder.add(strategy: "own", script)
    let runner = try StrategyCatalog(folders: folder.folders, observe: { errors.add($0) })
      .runner(key: "own", parameters: [:], timeframe: .m5, symbols: [])

    let error = try await #require(throws: RunError.self) {
      _ = try await runner.run {
        try await eventually("it has begun") { !errors.all.isEmpty }
        throw RunError(.barsInvalid, "line 3")
      }
    }

    #expect(error == RunError(.barsInvalid, "line 3"))
    let program = try #require(Int32(errors.all[0]))
    try await eventually("the program is gone") { !isRunning(program) }
  }

  @Test func `a cancelled run ends the program`() async throws {
    let script = try Script.shell("trap '' TERM; cat >/dev/null; echo $$ >&2; while :; do sleep 0.05; done")
    let errors = Said()
    let task = Task { try await run(script, errors: errors) }
    try await eventually("it has begun") { !errors.all.isEmpty }

    task.cancel()

    await #expect(throws: CancellationError.self) { try await task.value }
    let program = try #require(Int32(errors.all[0]))
    #expect(!isRunning(program))
  }

  @Test func `a program that is changed while it runs fails the run`() async throws {
    let script = try Script.shell("cat >/dev/null; echo '\(doneLine)'")
    let folder = try Registered()
    try folder.add(strategy: "own", script)
    let runner = try StrategyCatalog(folders: folder.folders)
      .runner(key: "own", parameters: [:], timeframe: .m5, symbols: [])
    try script.directory.write("#!/bin/sh\ncat >/dev/null; echo '\(doneLine)' # changed\n", to: "program")

    let error = try await #require(throws: RunError.self) { _ = try await runner.run { nil } }

    #expect(error.message == "strategy 'own': its program was changed while it ran; run it again")
  }
}
