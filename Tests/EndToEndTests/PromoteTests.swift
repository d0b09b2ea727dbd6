import Foundation
import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import PrepaperTestSupport
import Testing

/// The gate before paper money, and the attestation that a run has passed it.
@Suite struct PromoteTests {
  private static let folder = "artifacts/prepaper/R"
  private static let loose = #"{"real_data": false}"#

  /// A house with the run R, a pair of keys that openssl has made, and a policy that takes made-up bars.
  private func house(_ more: String...) throws -> Program {
    let program = try Program()
    try program.write(backtest: "B")
    let run = try program.start(["run", "--backtest-run-id", "B", "--run-id", "R"] + more).wait()
    #expect(run.status == 0, "\(run.errors)")
    try makeKey(program, "attestation.key")
    try program.directory.write(Self.loose, to: "policy.json")
    return program
  }

  private func makeKey(_ program: Program, _ name: String) throws {
    let made = try program.tool("/usr/bin/openssl", "genpkey", "-algorithm", "ed25519", "-out", name)
    let shown = try program.tool("/usr/bin/openssl", "pkey", "-in", name, "-pubout", "-out", "\(name).pub")
    #expect(made.status == 0 && shown.status == 0, "\(made.errors)\(shown.errors)")
  }

  private func promote(_ program: Program, _ more: String...) throws -> ProgramResult {
    try program.start(["promote", "R", "--key", "attestation.key", "--json"] + more).wait()
  }

  private func verify(_ program: Program, _ run: String = "R", key: String = "attestation.key.pub") throws
    -> ProgramResult
  { try program.run("verify", run, "--attestation", key, "--json") }

  /// The checks that do not hold, with what is wrong.
  private func problems(_ json: JSONValue?) -> [String: String] {
    guard case .array(let checks)? = json?["checks"] else { return [:] }
    let broken = checks.filter { $0["holds"] == .bool(false) }
    return Dictionary(
      uniqueKeysWithValues: broken.map { ($0["name"]?.stringValue ?? "", $0["problem"]?.stringValue ?? "") })
  }

  private func problems(_ result: ProgramResult) throws -> [String: String] {
    guard case .array(let runs)? = try result.json["runs"] else { return [:] }
    return problems(runs.first)
  }

  @Test func `a run that passes is signed, and the signature is found good`() throws {
    let program = try house()

    let result = try promote(program, "--policy", "policy.json")
    let again = try promote(program, "--policy", "policy.json")
    let verified = try verify(program)
    let text = try program.run("verify", "R", "--attestation", "attestation.key.pub")

    #expect(result.status == 0, "\(result.output)\(result.errors)")
    #expect(try result.json["promoted"] == .bool(true))
    #expect(try result.json["attestation"] == .string("\(program.directory.path)/\(Self.folder)/attestation.json"))
    #expect(again.status == 0)
    #expect(again.output == result.output)
    #expect(verified.status == 0, "\(verified.output)")
    #expect(text.output.contains("ok       R  attestation"))
    #expect(!result.output.contains("PRIVATE"))
  }

  @Test func `the attestation is what an independent implementation takes it for`() throws {
    let program = try house()
    #expect(try promote(program, "--policy", "policy.json").status == 0)
    try program.directory.write(
      """
      import base64, hashlib, json, sys
      from cryptography.hazmat.primitives.serialization import load_pem_public_key
      folder, key = sys.argv[1:]
      envelope = json.load(open(folder + "/attestation.json"))
      body, kind = base64.b64decode(envelope["payload"], validate=True), envelope["payloadType"].encode()
      signed = b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(body), body)
      public = load_pem_public_key(open(key, "rb").read())
      public.verify(base64.b64decode(envelope["signatures"][0]["sig"], validate=True), signed)
      statement = json.loads(body)
      assert statement["_type"] == "https://in-toto.io/Statement/v1"
      assert statement["predicate"]["definition"] == json.load(open(folder + "/run_manifest.json"))
      names = []
      for subject in statement["subject"]:
          data = open(folder + "/" + subject["name"], "rb").read()
          assert hashlib.sha256(data).hexdigest() == subject["digest"]["sha256"], subject
          names.append(subject["name"])
      print(" ".join(names))
      """, to: "check.py")

    let good = try program.tool("/usr/bin/python3", "check.py", Self.folder, "attestation.key.pub")
    try makeKey(program, "other.key")
    let other = try program.tool("/usr/bin/python3", "check.py", Self.folder, "other.key.pub")

    #expect(good.status == 0, "\(good.errors)")
    #expect(good.output == "bars/HOOD.M1.csv plan.json run_manifest.json signals_export.json\n")
    #expect(other.status != 0)
    #expect(other.errors.contains("InvalidSignature"))
  }

  @Test(arguments: [
    ("{}", "real_data", "the bars were made up"),
    (#"{"real_data": false, "min_signals": 1000}"#, "min_signals", "the policy wants 1000"),
    (#"{"real_data": false, "max_drift": 0.1}"#, "max_drift", "has left no events_intent.csv"),
  ])
  func `a run that breaks a rule is not signed, and the rule is named`(
    policy: String, rule: String, words: String
  ) throws {
    let program = try house()
    try program.directory.write(policy, to: "policy.json")

    let result = try promote(program, "--policy", "policy.json")

    #expect(result.status == 1)
    let found = try problems(result.json)
    #expect(Array(found.keys) == [rule])
    #expect(found[rule]?.contains(words) == true, "\(found)")
    #expect(try !program.files(below: Self.folder).contains("attestation.json"))
  }

  @Test func `without proofs, with another plan, or with drift a run is not promoted`() throws {
    let program = try house("--no-prove")
    let unproven = try promote(program, "--policy", "policy.json")
    let plan = try program.directory.read("\(Self.folder)/plan.json")
    try program.directory.write(
      "signal_ts,symbol,side,entry_price\n2025-12-12T20:00:00Z,HOOD,BUY,1\n2025-12-15T17:00:00Z,HOOD,BUY,1\n",
      to: "artifacts/backtests/B/events_intent.csv")
    try program.directory.write(plan.replacing("BUY", with: "SELL"), to: "\(Self.folder)/plan.json")
    try program.directory.write(
      #"{"real_data": false, "lookahead": "any", "replay": false, "max_drift": 0.5}"#, to: "policy.json")

    let changed = try promote(program, "--policy", "policy.json")

    #expect(unproven.status == 1)
    #expect(try problems(unproven.json).keys.sorted() == ["lookahead", "replay"])
    #expect(changed.status == 1)
    #expect(try problems(changed.json).keys.sorted() == ["max_drift", "verified"])
  }

  @Test func `a run that has nothing in common with its backtest has no drift to show`() throws {
    let program = try house()
    try program.directory.write(
      "signal_ts,symbol,side,entry_price\n2025-12-11T17:00:00Z,HOOD,BUY,1\n",
      to: "artifacts/backtests/B/events_intent.csv")
    try program.directory.write(#"{"real_data": false, "max_drift": 1}"#, to: "policy.json")

    let result = try promote(program, "--policy", "policy.json")

    #expect(result.status == 1)
    #expect(try problems(result.json)["max_drift"]?.hasPrefix("cannot be told: ") == true)
  }

  @Test func `a forged, bound anew or missing attestation is found out, and each is named`() throws {
    let program = try house()
    #expect(
      try program.run("run", "--backtest-run-id", "B", "--run-id", "S", "--replay-date", "2025-12-16").status == 0)
    let missing = try verify(program)
    #expect(try promote(program, "--policy", "policy.json").status == 0)
    let text = try program.directory.read("\(Self.folder)/attestation.json")
    try makeKey(program, "other.key")

    // Another key's
    let other = try problems(verify(program, key: "other.key.pub"))
    // A bit of the signature
    let signature = try #require(JSONParser.parse(Array(text.utf8))["signatures"]?.firstItem?["sig"]?.stringValue)
    let flipped = signature.replacingCharacters(
      in: signature.startIndex...signature.startIndex, with: signature.hasPrefix("A") ? "B" : "A")
    try program.directory.write(text.replacing(signature, with: flipped), to: "\(Self.folder)/attestation.json")
    let bit = try problems(verify(program))
    // A bit of what is signed
    let payload = try #require(JSONParser.parse(Array(text.utf8))["payload"]?.stringValue)
    let changed = String(payload.dropLast(8)) + (payload.contains("AAAAAAAA") ? "BBBBBBBB" : "AAAAAAAA")
    try program.directory.write(text.replacing(payload, with: changed), to: "\(Self.folder)/attestation.json")
    let body = try problems(verify(program))
    // Another run's
    try program.directory.write(text, to: "artifacts/prepaper/S/attestation.json")
    let bound = try problems(verify(program, "S"))
    let boundWithoutKey = try problems(program.run("verify", "S", "--json"))

    #expect(try problems(missing) == ["attestation": "attestation.json is not there"])
    for found in [other, bit, body] {
      #expect(Array(found.keys) == ["attestation"])
      #expect(found["attestation"]?.hasPrefix("is not signed by the key ") == true, "\(found)")
    }
    for found in [bound, boundWithoutKey] {
      #expect(Array(found.keys) == ["attestation"])
      #expect(found["attestation"]?.hasPrefix("is that of other files: ") == true, "\(found)")
    }
  }

  @Test func `a run made anew with all of its digests is found out by its attestation`() throws {
    let program = try house()
    #expect(try promote(program, "--policy", "policy.json").status == 0)
    let attestation = try program.directory.read("\(Self.folder)/attestation.json")
    try FileManager.default.removeItem(atPath: "\(program.directory.path)/\(Self.folder)")
    try FileManager.default.removeItem(atPath: "\(program.directory.path)/state")
    let anew = try program.run("run", "--backtest-run-id", "B", "--run-id", "R", "--replay-date", "2025-12-17")
    #expect(anew.status == 0, "\(anew.errors)")
    try program.directory.write(attestation, to: "\(Self.folder)/attestation.json")

    #expect(try Array(problems(verify(program)).keys) == ["attestation"])
  }

  @Test func `a run that is made again keeps its attestation as long as it is the same`() throws {
    let program = try house()
    #expect(try promote(program, "--policy", "policy.json").status == 0)

    let again = try program.run("run", "--backtest-run-id", "B", "--run-id", "R")
    let kept = try verify(program)
    let other = try program.run("run", "--backtest-run-id", "B", "--run-id", "R", "--no-prove")

    #expect(again.status == 0, "\(again.errors)")
    #expect(kept.status == 0, "\(kept.output)")
    #expect(other.status == 0, "\(other.errors)")
    #expect(try problems(verify(program)) == ["attestation": "attestation.json is not there"])
  }

  @Test func `the key is taken from the credentials of a service`() throws {
    let program = try house()
    try program.directory.write(
      program.directory.read("attestation.key"), to: "credentials/prepaper_attestation.key")

    let result = try program.run(
      "promote", "R", "--policy", "policy.json",
      environment: ["CREDENTIALS_DIRECTORY": "\(program.directory.path)/credentials"])

    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("yes: R is promoted, signed in "))
    #expect(try verify(program).status == 0)
  }

  @Test(arguments: [
    ("[]", "policy policy.json: must be an object, is a list"), ("{", "is not JSON"),
    (
      #"{"min_signal": 1, "replai": true}"#,
      "'min_signal' and 'replai' are not known; known are: approved_backtest, lookahead, max_drift, min_signals, "
    ), (#"{"min_signals": 1.5}"#, "min_signals must be a whole number, is 1.5"),
    (#"{"min_signals": -1}"#, "min_signals must be at least 0, is -1"),
    (#"{"max_drift": 5}"#, "max_drift must lie in 0.0\\u20261.0, is 5.0"),
    (#"{"lookahead": true}"#, "lookahead must be one of holds, sampled, any, is true or false"),
    (#"{"real_data": "no"}"#, "real_data must be true or false"),
    (#"{"real_data": null}"#, "real_data must be true or false, is null"),
    (#"{"min_signals": null}"#, "min_signals must be a whole number, is null"),
  ])
  func `a policy that cannot be read is refused`(policy: String, words: String) throws {
    let program = try house()
    try program.directory.write(policy, to: "policy.json")

    let result = try promote(program, "--policy", "policy.json")

    #expect(result.status == 78)
    #expect(try result.errorCode == "policy_invalid")
    #expect(result.output.contains(words), "\(result.output)")
  }

  @Test func `a key that is none, or none at all, is told without its text`() throws {
    let program = try house()
    let none = try program.run("promote", "R", "--policy", "policy.json", "--json")
    let absent = try program.run("promote", "R", "--policy", "policy.json", "--key", "gone", "--json")
    let wrong = try program.run("promote", "R", "--policy", "policy.json", "--key", "attestation.key.pub", "--json")
    let noRun = try program.run("promote", "NONE", "--json")
    let verified = try verify(program, key: "attestation.key")

    for result in [none, absent, wrong, verified] {
      #expect(result.status == 78)
      #expect(try result.errorCode == "key_invalid")
      #expect(!result.output.contains("MC4CAQ"))
    }
    #expect(none.output.contains("give --key FILE"))
    #expect(noRun.status == 3)
  }

  @Test func `a promotion leaves every other file as it is`() throws {
    let program = try house()
    let before = try program.files(below: Self.folder)
    let bytes = try before.filter { $0 != "bars" }.map { try program.directory.read("\(Self.folder)/\($0)") }

    #expect(try promote(program, "--policy", "policy.json").status == 0)

    #expect(try program.files(below: Self.folder) == (before + ["attestation.json"]).sorted())
    #expect(try before.filter { $0 != "bars" }.map { try program.directory.read("\(Self.folder)/\($0)") } == bytes)
    #expect(try program.files(below: "artifacts/prepaper/.staging") == [])
  }
}

extension JSONValue {
  fileprivate var firstItem: JSONValue? {
    if case .array(let items) = self { items.first } else { nil }
  }
}
