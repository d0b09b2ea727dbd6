import Foundation
import PrepaperTestSupport
import Testing

@Suite struct `the worker's unit under a real systemd` {
  @Test func `it starts, runs a job, refuses a root, and stops cleanly`() throws {
    let program = try Program(["LAB_TIMEOUT": "120", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"])
    let root = Program.packageRoot

    let result = try program.tool(
      "\(root)/scripts/systemd-lab", "\(root)/units", "\(root)/Tests/EndToEndTests/Lab/worker-under-systemd",
      Program.path, "\(root)/scripts/example-backtest")

    // 77: this machine cannot make the namespaces that the lab needs.
    if result.status == 77 { try Test.cancel("skipped: \(result.errors)") }
    #expect(result.status == 0, "\(result.output)\n\(result.errors)")
    #expect(result.output.split(separator: "\n").filter { $0.hasPrefix("ok ") }.count == 7)
  }
}
