import Foundation
import Glibc
import PrepaperDomain
import PrepaperTestSupport
import Testing

extension Program {
  /// Where the runs of a program with a pipe write their signals.
  static let signals = ["SIGNALS_DB_PATH": "signals.db"]

  /// A program whose bars come through a pipe, so that a run waits for them as long as the test wants.
  static func withPipe() throws -> Program {
    let program = try Program(["MARKETDATA_PROVIDER": "real", "BARS_SOURCE": "csv:bars"])
    try program.write(backtest: "B")
    try program.directory.write("", to: "signals.db")
    // The bars that the fake provider makes are as good as any.
    let made = try program.run(
      "run", "--backtest-run-id", "B", "--run-id", "BARS", environment: ["MARKETDATA_PROVIDER": "fake"])
    #expect(made.status == 0, "\(made.errors)")
    try FileManager.default.createDirectory(
      atPath: "\(program.directory.path)/bars", withIntermediateDirectories: true)
    #expect(unsafe mkfifo("\(program.directory.path)/bars/HOOD.M1.csv", 0o600) == 0)
    return program
  }

  /// Lets the runs that wait at the pipe have their bars.
  func feedPipe() throws {
    let copy = "cat artifacts/prepaper/BARS/bars/HOOD.M1.csv >bars/HOOD.M1.csv"
    #expect(try tool("/usr/bin/bash", "-c", copy).status == 0)
  }

  /// Puts the bars in the pipe's place, for runs that begin from now on.
  func replacePipe() throws {
    try FileManager.default.removeItem(atPath: "\(directory.path)/bars/HOOD.M1.csv")
    try directory.write(directory.read("artifacts/prepaper/BARS/bars/HOOD.M1.csv"), to: "bars/HOOD.M1.csv")
  }
}
