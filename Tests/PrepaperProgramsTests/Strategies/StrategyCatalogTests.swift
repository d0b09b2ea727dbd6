import Foundation
import PrepaperDomain
import PrepaperJSON
import PrepaperPipeline
import PrepaperPrograms
import PrepaperTestSupport
import Testing

struct StrategyCatalogTests {
  @Test func `a registered strategy is read with its defaults`() throws {
    let (script, folder) = (try printing(doneLine), try Registered())
    try folder.add(
      strategy: "own", script,
      [
        "command": .array([.string(script.path), .string("--fast")]), "timeframes": .array([.string("5m")]),
        "features": .array([.string("atr(14)")]),
        "parameters": .object([
          "fast": .object(["default": .integer(10), "description": .string("bars")]), "needed": .object([:]),
        ]),
        "limits": .object(["cpu_seconds": .integer(7), "memory_mib": .integer(64), "wall_seconds": .integer(9)]),
      ])
    let catalog = StrategyCatalog(folders: folder.folders)

    let registration = try #require(try catalog.registration(named: "own"))
    let runner = try catalog.runner(key: "own", parameters: ["needed": .bool(true)], timeframe: .m5, symbols: [])

    #expect(registration.command == ProgramCommand(path: script.path, arguments: ["--fast"]))
    #expect(registration.timeframes == [.m5])
    #expect(registration.limits == ProgramLimits(cpu: .seconds(7), memoryMiB: 64, wall: .seconds(9)))
    #expect(registration.parameters["fast"]?.description == "bars")
    #expect(runner.key == "own")
    #expect(runner.parameters == ["fast": .integer(10), "needed": .bool(true)])
    #expect(runner.features == [.averageTrueRange(period: 14)])
    #expect(runner.warmUp(beforeWindowAt: UTCTimestamp(seconds: 0)) == WarmUp(bars: 3))
    #expect(runner.fingerprint == .program(sha256: try registration.command.digest()))
  }

  @Test(
    arguments: [
      (
        ["other": JSONValue.integer(1)],
        "own: params.needed is missing; 'other' in params is not known; known are: fast, needed"
      ),
      (["needed": .integer(1), "fast": .string("10")], "own: params.fast must be a number, is text"),
      (["fast": .integer(1)], "own: params.needed is missing"),
      (["needed": .integer(1), "fast": .null], "own: params.fast must be a number, is null"),
    ])
  func `a parameter that is wrong is named`(given: [String: JSONValue], problem: String) throws {
    let folder = try Registered()
    try folder.add(
      strategy: "own", try printing(doneLine),
      ["parameters": .object(["fast": .object(["default": .integer(10)]), "needed": .object([:])])])

    let error = try #require(throws: RunError.self) {
      try StrategyCatalog(folders: folder.folders).runner(key: "own", parameters: given, timeframe: .m5, symbols: [])
    }

    #expect(error == RunError(.paramsInvalid, problem))
  }

  @Test func `a timeframe that it does not take is refused`() throws {
    let folder = try Registered()
    try folder.add(strategy: "own", try printing(doneLine), ["timeframes": .array([.string("M5"), .string("H1")])])

    let error = try #require(throws: RunError.self) {
      try StrategyCatalog(folders: folder.folders).runner(key: "own", parameters: [:], timeframe: .m1, symbols: [])
    }

    #expect(error == RunError(.paramsInvalid, "own: it decides on bars of M5, H1, but the run's are M1"))
  }

  @Test(
    arguments: [
      (["version": JSONValue.integer(1)], ": version must be text, is a number"),
      (["warmup_bars": .string("3")], ": warmup_bars must be a whole number, is text"),
      (["warmup_bars": .integer(-1)], ": warmup_bars must lie in 0…1000000, is -1"),
      (["timeframes": .array([])], ": timeframes must name at least one"),
      (
        ["timeframes": .array([.string("M1"), .string("M7")])],
        ": timeframes[1] must be one of M1, M5, M15, M30, H1, D1, is 'M7'"
      ),
      (["features": .array([.string("magic(3)")])], ": features[0] must be a feature like atr(14), is 'magic(3)'"),
      (["parameters": .array([])], ": parameters must be an object, is a list"),
      (["parameters": .object(["a": .integer(1)])], ": parameters.a must be an object, is a number"),
      (
        ["parameters": .object(["a": .object(["defualt": .integer(1)])])],
        ": 'defualt' in parameters.a is not known; known are: default, description"
      ),
      (
        ["limits": .object(["cpu": .integer(1)])],
        ": 'cpu' in limits is not known; known are: cpu_seconds, memory_mib, wall_seconds"
      ),
      (["limits": .object(["memory_mib": .integer(1)])], ": limits.memory_mib must lie in 16…1048576, is 1"),
      (
        ["more": .null],
        ": 'more' is not known; known are: command, features, limits, parameters, timeframes, version, warmup_bars"
      ),
      (["command": .string("/bin/sh")], ": command must be a list, is text"),
      (["command": .array([])], ": command must begin with the absolute path of a program"),
      (["command": .array([.string("sh")])], ": command must begin with the absolute path of a program"),
      (["command": .array([.string("/bin/sh"), .integer(1)])], ": command[1] must be text, is a number"),
      (["command": .array([.string("/nowhere/sh")])], ": command /nowhere/sh is not there: No such file"),
      (["command": .array([.string("/usr")])], ": command /usr is not a file that may be executed"),
      (["command": .array([.string("/etc/passwd")])], ": command /etc/passwd is not a file that may be executed"),
    ])
  func `a registration that is wrong is named with file and place`(
    wrong: [String: JSONValue], problem: String
  ) throws {
    let folder = try Registered()
    try folder.add(strategy: "own", try printing(doneLine), wrong)

    let error = try #require(throws: RunError.self) {
      try StrategyCatalog(folders: folder.folders).runner(key: "own", parameters: [:], timeframe: .m5, symbols: [])
    }

    #expect(error.code == .unknownStrategy)
    #expect(error.message.contains("\(folder.directory.path)/own.json\(problem)"), "\(error)")
  }

  @Test func `all that has to be there is asked for at once`() throws {
    let folder = try Registered()
    try folder.add("own", ["version": .string("1"), "warmup": .integer(1)])

    let error = try #require(throws: RegistrationError.self) {
      try StrategyCatalog(folders: folder.folders).registration(named: "own")
    }

    #expect(
      error.description.contains("own.json: command and warmup_bars are missing; 'warmup' is not known; known are: "))
  }

  @Test func `null is a value of a parameter that may be null`() throws {
    let folder = try Registered()
    try folder.add(
      strategy: "own", try printing(doneLine),
      ["parameters": .object(["fast": .object(["default": .integer(10)]), "free": .object(["default": .null])])])

    let registration = try #require(try StrategyCatalog(folders: folder.folders).registration(named: "own"))

    #expect(try registration.materialised(["free": .null]) == ["fast": .integer(10), "free": .null])
    #expect(try registration.materialised([:]) == ["fast": .integer(10), "free": .null])
    #expect(try registration.materialised(["free": .string("x")]) == ["fast": .integer(10), "free": .string("x")])
  }

  @Test(arguments: ["command", "version", "warmup_bars"])
  func `what has to be there is asked for`(missing: String) throws {
    let (folder, script) = (try Registered(), try printing(doneLine))
    var members: [String: JSONValue] = [
      "command": .array([.string(script.path)]), "version": .string("1"), "warmup_bars": .integer(1),
    ]
    members[missing] = nil
    try folder.add("own", members)

    let error = try #require(throws: RegistrationError.self) {
      try StrategyCatalog(folders: folder.folders).registration(named: "own")
    }

    #expect(error.description.contains("own.json: \(missing) is missing"))
  }

  @Test func `what everybody may write is not trusted`() throws {
    let (folder, script) = (try Registered(), try printing(doneLine))
    try folder.add(strategy: "own", script)
    let catalog = StrategyCatalog(folders: folder.folders)

    try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: script.path)
    let program = try #require(throws: RegistrationError.self) { try catalog.registration(named: "own") }
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script.path)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o666], ofItemAtPath: "\(folder.directory.path)/own.json")
    let file = try #require(throws: RegistrationError.self) { try catalog.registration(named: "own") }
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o644], ofItemAtPath: "\(folder.directory.path)/own.json")

    #expect(program.description.contains("everybody may write \(script.path)"))
    #expect(file.description.contains("own.json: everybody may write it"))
    #expect(try catalog.registration(named: "own")?.name == "own")
  }

  @Test func `a script that everybody may write is not trusted either`() throws {
    let (folder, script) = (try Registered(), try printing(doneLine))
    try folder.add(strategy: "own", script, ["command": .array([.string("/bin/sh"), .string(script.path)])])
    try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: script.path)

    let error = try #require(throws: RegistrationError.self) {
      try StrategyCatalog(folders: folder.folders).registration(named: "own")
    }

    #expect(error.description.contains("everybody may write \(script.path)"))
  }

  @Test func `a name in two folders is an error that names both`() throws {
    let (system, user, script) = (try Registered(), try Registered(), try printing(doneLine))
    try system.add(strategy: "own", script)
    try user.add(strategy: "own", script)
    let folders = RegistrationFolders([system.directory.path, user.directory.path, "/nowhere"])

    let error = try #require(throws: RunError.self) {
      try StrategyCatalog(folders: folders).runner(key: "own", parameters: [:], timeframe: .m5, symbols: [])
    }

    #expect(error.code == .unknownStrategy)
    #expect(error.message.contains("\(system.directory.path)/own.json"))
    #expect(error.message.contains("\(user.directory.path)/own.json"))
  }

  @Test(arguments: ["insidebar_intraday", "inside_bar"])
  func `a name that prepaper has itself cannot be registered`(name: String) throws {
    let folder = try Registered()
    try folder.add(strategy: name, try printing(doneLine))

    let error = try #require(throws: RunError.self) {
      try StrategyCatalog(folders: folder.folders).runner(key: name, parameters: [:], timeframe: .m5, symbols: [])
    }

    #expect(error.message.contains("\(name).json: '\(name)' is the name of a strategy that prepaper brings along"))
  }

  @Test func `a strategy that prepaper brings along is found by key and alias`() throws {
    let catalog = StrategyCatalog(folders: try Registered().folders)
    let parameters: [String: JSONValue] = [
      "inside_bar_definition_mode": .string("mb_range_hl__ib_hl"), "timeframe_minutes": .integer(5),
    ]

    let runners = try ["insidebar_intraday", "inside_bar"].map {
      try catalog.runner(key: $0, parameters: parameters, timeframe: .m5, symbols: [])
    }

    #expect(runners.map(\.key) == ["insidebar_intraday", "insidebar_intraday"])
  }

  @Test(arguments: ["nothing", "../own", "Own", "own.json", ""])
  func `a strategy that nobody knows is an error with all that are known`(name: String) throws {
    let folder = try Registered()
    try folder.add(strategy: "own", try printing(doneLine))

    let error = try #require(throws: RunError.self) {
      try StrategyCatalog(folders: folder.folders).runner(key: name, parameters: [:], timeframe: .m5, symbols: [])
    }

    #expect(error.code == .unknownStrategy)
    #expect(error.message.hasPrefix("strategy '\(name)' is not known; known are: insidebar_intraday"))
    #expect(error.message.hasSuffix(", own"))
  }

  @Test func `all registrations are listed, with what is wrong with them`() throws {
    let folder = try Registered()
    try folder.add(strategy: "own", try printing(doneLine))
    try folder.directory.write("{", to: "broken.json")
    try folder.directory.write("{}", to: "Bad-Name.json")
    try folder.directory.write("{}", to: ".hidden.json")
    try folder.directory.write("{}", to: "notes.txt")

    let all = try StrategyCatalog(folders: folder.folders).registrations()

    #expect(all.map(\.name) == ["Bad-Name", "broken", "own"])
    #expect(throws: RegistrationError.self) { try all[0].registration.get() }
    let broken = try #require(throws: RegistrationError.self) { try all[1].registration.get() }
    #expect(broken.description.hasSuffix("broken.json: is not JSON: line 1, column 2: a key in quotes should be here"))
    #expect(try all[2].registration.get().name == "own")
  }
}
