import PrepaperDomain
import PrepaperJSON
import PrepaperTestSupport
import Testing

/// The one spelling of a request: whatever can be said of a run is read, written, and read back.
@Suite struct RequestCodecTests {
  /// A value for each member that is not its default, and what must be said beside it.
  ///
  /// No `default:` here, so that a member that is added has to be thought of.
  static func sample(_ member: RequestMember) -> [RequestMember: JSONValue] {
    switch member {
    case .runID: [.runID: .string("other")]
    case .backtestRunID: [.backtestRunID: .string("other")]
    case .artifactsRoot: [.artifactsRoot: .string("/other")]
    case .replayDate: [.replayDate: .string("2025-12-15")]
    case .from, .to: [.from: .string("2025-12-15"), .to: .string("2025-12-16T20:00:00Z")]
    case .asOf: [.asOf: .string("2025-12-15T16:07:00Z")]
    case .sessionMode: [.sessionMode: .string("all")]
    case .mode: [.mode: .string("live")]
    case .symbols: [.symbols: .array([.string("SPY"), .string("AAPL")])]
    case .strict: [.strict: .bool(true)]
    case .maxMissing: [.maxMissing: .string("5%")]
    case .maxJump: [.maxJump: .double(0.3)]
    case .calendar: [.calendar: .string("24x7")]
    case .sizing: [.sizing: .string("fixed:quantity=100")]
    case .allowUnapproved: [.allowUnapproved: .bool(true)]
    case .noProve: [.noProve: .bool(true)]
    }
  }

  static let least: [RequestMember: JSONValue] = [
    .runID: .string("R"), .backtestRunID: .string("B"), .artifactsRoot: .string("/srv"),
  ]

  private func request(_ member: RequestMember) throws -> RunRequest {
    try RunRequest(Self.least.merging(Self.sample(member)) { _, said in said })
  }

  @Test(arguments: RequestMember.allCases)
  func `what is said of a run is another run, and comes back from its JSON`(member: RequestMember) throws {
    let plain = try RunRequest(Self.least)

    let said = try request(member)
    let back = try RunRequest(said.json)

    #expect(said != plain)
    #expect(back == said)
    #expect(said.json[member.key] != nil)
    #expect(back.json == said.json)
  }

  @Test func `every property of a request can be said`() throws {
    let plain = try properties(of: RunRequest(Self.least))

    var changed: Set<String> = []
    for member in RequestMember.allCases {
      for (name, value) in try properties(of: request(member)) where plain[name] != value { changed.insert(name) }
    }

    #expect(changed == Set(plain.keys))
  }

  @Test func `all that is needed and lacks is told at once`() throws {
    let fault = #expect(throws: FieldFault.self) { try RunRequest([.runID: .string("R")]) }
    let flags = #expect(throws: FieldFault.self) { try RunRequest([:], .flags) }

    #expect(fault?.description == "backtest_run_id and artifacts_root are missing.")
    #expect(flags?.description == "--run-id, --backtest-run-id and --artifacts-root are missing.")
  }

  @Test func `a member that nobody knows is refused with those that are known`() throws {
    let json = JSONValue.object(["run_id": .string("R"), "max_jmup": .double(0.1)])

    let fault = #expect(throws: FieldFault.self) { try RunRequest(json) }

    #expect(
      fault?.description.hasPrefix("there is no key 'max_jmup' in a request; the keys are allow_unapproved,") == true)
  }

  static let wrong: [(RequestMember, JSONValue, String)] = [
    (.runID, .string("../up"), "run_id is '../up'; an id is"),
    (.artifactsRoot, .string("here"), "artifacts_root is 'here'; it must be an absolute path."),
    (.strict, .string("yes"), "strict must be true or false, is 'yes'"),
    (.noProve, .integer(1), "no_prove must be true or false, is "),
    (.sessionMode, .string("night"), "session_mode is 'night'; it must be rth or all."),
    (.symbols, .string("SPY"), "symbols must be a list of texts, is "),
    (.symbols, .array([.integer(1)]), "symbols must be a list of texts, is a list"),
    (.symbols, .array([]), "symbols has no symbol."),
    (.maxJump, .double(11), "max_jump is '11.0'; it must be a share like 0.01 or 1%, from 0 to 1000%."),
    (.maxMissing, .string("110%"), "max_missing is '110%'; it must be a share like 0.01 or 1%, from 0 to 100%."),
    (.replayDate, .string("2025-02-30"), "replay_date is '2025-02-30'; it must be a day like 2013-10-07."),
    (.asOf, .string("now"), "as_of now is another moment each time; say mode live as well, or give a time."),
    (.from, .string("2025-01-01"), "from and to belong together; give both."),
  ]

  @Test(arguments: wrong)
  func `a value that cannot be is named with what it must be`(
    member: RequestMember, value: JSONValue, words: String
  ) throws {
    let fault = #expect(throws: FieldFault.self) {
      try RunRequest(Self.least.merging([member: value]) { _, said in said })
    }

    #expect(fault?.description.hasPrefix(words) == true, "\(fault?.description ?? "")")
  }

  @Test func `null says nothing`() throws {
    let nothing = Dictionary(
      uniqueKeysWithValues: RequestMember.allCases.filter { Self.least[$0] == nil }.map { ($0, JSONValue.null) })

    #expect(try RunRequest(Self.least.merging(nothing) { said, _ in said }) == RunRequest(Self.least))
  }

  /// Every property of a request and of its options, as text.
  private func properties(of request: RunRequest) -> [String: String] {
    var properties: [String: String] = [:]
    for child in Array(Mirror(reflecting: request).children) + Array(Mirror(reflecting: request.options).children) {
      if let label = child.label, label != "options" { properties[label] = "\(child.value)" }
    }
    return properties
  }
}
