import Foundation
import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import PrepaperTestSupport
import Testing

/// Whatever can be said of a run reaches it, by every way there is: as a flag or in a line of JSON, through the queue's
/// row and the order to the run's process, into what the run records of itself.
@Suite struct RequestMembersTests {
  /// How a member is said, and what the run's manifest then says; a member that is added has to be thought of here.
  struct Saying {
    let flags: [String]
    let keys: [String: JSONValue]
    /// The place in `run_manifest.json`, and what stands there only where it was said.
    let place: [String]
    let value: JSONValue

    init(_ member: RequestMember) {
      switch member {
      case .runID: self.init("run_id", "OTHER", at: "identity", "run_id")
      case .backtestRunID: self.init("backtest_run_id", "OTHER", at: "identity", "source_backtest_run_id")
      case .artifactsRoot: self.init("artifacts_root", "elsewhere", at: "identity", "run_id", is: "R")
      case .replayDate:
        self.init("replay_date", "2025-12-16", at: "data", "window", "from", is: "2025-12-16T14:30:00+00:00")
      case .from, .to:
        self.init(
          flags: ["--from", "2025-12-16", "--to", "2025-12-17"], keys: ["from": "2025-12-16", "to": "2025-12-17"],
          place: ["data", "window", member.key],
          value: member == .from ? "2025-12-16T05:00:00+00:00" : "2025-12-17T05:00:00+00:00")
      case .asOf:
        self.init("as_of", "2025-12-15T16:07:00Z", at: "data", "window", "to", is: "2025-12-15T16:00:00+00:00")
      case .sessionMode: self.init("session_mode", "all", at: "data", "session_mode")
      case .mode:
        self.init(
          flags: ["--mode", "live", "--as-of", "2025-12-15T16:07:00Z"],
          keys: ["mode": "live", "as_of": "2025-12-15T16:07:00Z"], place: ["identity", "mode"], value: "live")
      case .symbols:
        self.init(
          flags: ["--symbols", "SPY,AAPL"], keys: ["symbols": ["SPY", "AAPL"]], place: ["data", "symbols"],
          value: ["AAPL", "SPY"])
      case .strict: self.init(flag: "strict", at: "history", "strict", is: .bool(true))
      case .maxMissing: self.init("max_missing", "5%", at: "history", "max_missing", is: .double(0.05))
      case .maxJump: self.init("max_jump", "0.3", at: "history", "max_jump", is: .double(0.3))
      case .calendar: self.init("calendar", "24x7", at: "data", "calendar", "name")
      case .sizing: self.init("sizing", "fixed:quantity=100", at: "sizing")
      case .allowUnapproved: self.init(flag: "allow_unapproved", at: "inputs", "backtest_status", is: "aborted")
      case .noProve: self.init(flag: "no_prove", at: "proof", "replay", is: "not_run")
      }
    }

    private init(flags: [String], keys: [String: JSONValue], place: [String], value: JSONValue) {
      self.flags = flags
      self.keys = keys
      self.place = place
      self.value = value
    }

    private init(_ key: String, _ said: JSONValue, at place: String..., is value: JSONValue? = nil) {
      self.init(
        flags: ["--" + key.replacing("_", with: "-"), said.stringValue ?? ""], keys: [key: said], place: place,
        value: value ?? said)
    }

    private init(flag key: String, at place: String..., is value: JSONValue) {
      self.init(
        flags: ["--" + key.replacing("_", with: "-")], keys: [key: .bool(true)], place: place, value: value)
    }
  }

  @Test(arguments: RequestMember.allCases)
  func `what is said of a run reaches its manifest, as a flag and as a key`(member: RequestMember) throws {
    let saying = Saying(member)
    let (flags, keys) = (try program(for: member), try program(for: member))

    let submitted = try flags.start(["submit", "--json"] + command(saying)).wait()
    let again = try flags.start(["submit", "--json"] + command(saying)).wait()
    let line = CanonicalJSON.compactText(.object(Self.least.merging(saying.keys) { _, said in said }))
    let bulk = try keys.start(["submit", "--bulk", "--json"], input: line).wait()

    #expect(submitted.status == 0, "\(submitted.errors)")
    #expect(try submitted.json["job"]?[member.key] != nil)
    #expect(again.status == 0, "\(again.errors)")
    #expect(try again.json["created"] == .bool(false))
    #expect(bulk.status == 0, "\(bulk.errors)")
    for program in [flags, keys] {
      let worked = try program.run("worker", "--drain")
      let manifest = try #require(try manifest(member, program), "\(worked.errors)")
      #expect(saying.place.reduce(JSONValue?.some(manifest)) { $0?[$1] } == saying.value, "\(worked.errors)")
    }
  }

  private static let least: [String: JSONValue] = ["run_id": "R", "backtest_run_id": "B"]

  /// Backtests for all members; one that is not approved only where that is the question.
  private func program(for member: RequestMember) throws -> Program {
    let program = try Program()
    for id in ["B", "OTHER"] {
      var manifest = Program.manifest(id)
      if member == .allowUnapproved { manifest["result"] = .object(["run_status": "aborted"]) }
      try program.write(backtest: id, manifest)
    }
    try program.directory.write(
      String(decoding: CanonicalJSON.pretty(.object(Program.manifest("B"))), as: UTF8.self),
      to: "elsewhere/backtests/B/run_manifest.json")
    return program
  }

  /// The flags of a submission; what is said goes before what every submission needs.
  private func command(_ saying: Saying) -> [String] {
    var flags = saying.flags
    for (flag, value) in [("--run-id", "R"), ("--backtest-run-id", "B")] where !flags.contains(flag) {
      flags += [flag, value]
    }
    return flags
  }

  private func manifest(_ member: RequestMember, _ program: Program) throws -> JSONValue? {
    let root = member == .artifactsRoot ? "elsewhere" : "artifacts"
    let run = member == .runID ? "OTHER" : "R"
    let path = "\(program.directory.path)/\(root)/prepaper/\(run)/run_manifest.json"
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    return try JSONParser.parse(Array(data))
  }
}
