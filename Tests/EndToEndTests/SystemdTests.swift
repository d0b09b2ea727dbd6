import Foundation
import PrepaperTestSupport
import Testing

/// The units under a real systemd.
///
/// What each script in `Lab` does, it says in its steps.
@Suite(.serialized) struct `the units under a real systemd` {
  @Test(arguments: [
    // A script, and how many steps it has.
    ("worker-under-systemd", 14), ("worker-that-dies", 6), ("worker-that-stops", 7), ("worker-in-need", 6),
    ("worker-of-a-user", 4),
  ])
  func `every step holds`(script: String, steps: Int) throws {
    let root = Program.packageRoot
    let program = try Program([
      "LAB_TIMEOUT": "600", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "PREPAPER": Program.path,
      "INSTALL": "\(root)/scripts/install", "EXAMPLE_BACKTEST": "\(root)/scripts/example-backtest",
      "UNITS": "\(root)/units",
    ])

    let result = try program.tool(
      "\(root)/scripts/systemd-lab", "\(root)/units", "\(root)/Tests/EndToEndTests/Lab/\(script)")

    // 77: this machine cannot make the namespaces that the lab needs.
    if result.status == 77 { try Test.cancel("skipped: \(result.errors)") }
    #expect(result.status == 0, "\(result.output)\n\(result.errors)")
    #expect(result.output.split(separator: "\n").filter { $0.hasPrefix("ok ") }.count == steps)
  }

  @Test(arguments: [
    "prepaper-worker.service", "prepaper-worker@.service", "prepaper-prune.service", "prepaper-nightly@.service",
  ])
  func `a service is exposed no more than 1.3, of 10`(unit: String) throws {
    let program = try Program()
    #expect(try program.tool("/bin/cp", "-r", "\(Program.packageRoot)/units", program.directory.path).status == 0)

    let result = try program.tool(
      "/usr/bin/systemd-analyze", "security", "--offline=true", "--threshold=13", "--no-pager",
      "\(program.directory.path)/units/\(unit)")

    #expect(result.status == 0, "\(result.output)\n\(result.errors)")
    #expect(result.output.contains("Overall exposure level for \(unit.replacing("@.", with: "@i."))"))
  }

  @Test func `a pool's unit differs from the worker's in its settings alone`() throws {
    let lines = try ["prepaper-worker.service", "prepaper-worker@.service"].map { unit in
      let text = try String(contentsOfFile: "\(Program.packageRoot)/units/\(unit)", encoding: .utf8)
      return Set(text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init))
    }

    #expect(
      lines[0].symmetricDifference(lines[1]) == [
        "Description=prepaper worker", "Description=prepaper worker %i",
        "Environment=PREPAPER_ENV_FILES=/etc/prepaper/prepaper.env",
        "Environment=PREPAPER_ENV_FILES=/etc/prepaper/prepaper.env:/etc/prepaper/worker-%i.env",
        "EnvironmentFile=/etc/prepaper/worker-%i.env",
      ])
  }
}
