import Testing

@testable import PrepaperApp

@Suite struct DiagnosisServicesTests {
  private let healthy = [
    "LoadState": "loaded", "ActiveState": "active", "Result": "success", "NRestarts": "0", "WatchdogUSec": "1min",
    "NeedDaemonReload": "no", "StatusText": "executes 0 runs",
  ]

  @Test func `a unit that works is well`() {
    let found = findings([:])
    #expect(found.map(\.grade) == [.ok, .ok])
    #expect(found.first?.text == "prepaper-worker.service is active: executes 0 runs")
    #expect(found.last?.text == "a worker that is silent for 1min is started again")
  }

  @Test func `a unit that is not installed is no finding`() {
    #expect(findings(["LoadState": "not-found"]).isEmpty)
  }

  @Test(arguments: [
    (["ActiveState": "failed", "Result": "exit-code"], Finding.Grade.error, "has failed (exit-code)"),
    (["ActiveState": "inactive"], .warning, "is inactive"),
    (["NeedDaemonReload": "yes"], .warning, "has changed on disk"),
    (["WatchdogUSec": "0"], .warning, "has none: a worker that hangs stays so"),
    (["WatchdogUSec": "infinity"], .warning, "has none: a worker that hangs stays so"),
    (["NRestarts": "3"], .warning, "was started again 3 times"),
  ])
  func `what is not well is said, with what to do`(
    change: [String: String], grade: Finding.Grade, words: String
  ) throws {
    let finding = try #require(findings(change).first { $0.grade != .ok })
    #expect(finding.grade == grade)
    #expect(finding.text.contains(words), "\(finding.text)")
    #expect(finding.remedy?.isEmpty == false)
  }

  @Test func `a user's own unit is mended by the user's own manager`() throws {
    let finding = try #require(
      Diagnosis.findings(
        on: "--user prepaper-worker.service", of: ["--user"],
        "LoadState=loaded\nActiveState=inactive\nWatchdogUSec=1min"
      )
      .first)
    #expect(finding.text == "--user prepaper-worker.service is inactive")
    #expect(finding.remedy == "systemctl --user enable --now prepaper-worker")
  }

  private func findings(_ changes: [String: String]) -> [Finding] {
    let lines = healthy.merging(changes) { $1 }.map { "\($0.key)=\($0.value)" }
    return Diagnosis.findings(on: "prepaper-worker.service", of: [], lines.joined(separator: "\n"))
  }
}
