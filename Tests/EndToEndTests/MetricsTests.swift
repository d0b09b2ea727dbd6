import Foundation
import Glibc
import PrepaperJSON
import PrepaperTestSupport
import Testing

@Suite struct `a worker's metrics` {
  @Test func `are a whole file in the text format, for everybody to read, and say what became of the runs`() throws {
    let program = try Program(["PREPAPER_METRICS_FILE": "metrics/prepaper.prom"])
    try program.write(backtest: "B")
    try program.directory.write("", to: "metrics/other.prom")
    try program.submit("R1")
    try program.submit("R2")
    try program.submit("LATER", "--delay", "3600")
    #expect(try program.run("submit", "--backtest-run-id", "NONE", "--run-id", "BAD").status == 0)
    let worker = try program.start(["worker", "--lease", "1"])
    try eventually("all runs are over") {
      try program.query(program.queuePath, "SELECT count(*) FROM jobs WHERE finished_at IS NOT NULL") == "3"
    }
    #expect(try program.run("queue", "pause").status == 0)

    var metrics: [String: Double] = [:]
    try eventually("the metrics tell of it") {
      metrics = try samples(try? program.directory.read("metrics/prepaper.prom"))
      return metrics["prepaper_jobs{state=\"failed\"}"] == 1 && metrics["prepaper_paused"] == 1
    }
    worker.send(SIGTERM)
    #expect(try worker.wait().status == 0)

    for (state, count) in [("queued", 0.0), ("scheduled", 1), ("running", 0), ("succeeded", 2), ("cancelled", 0)] {
      #expect(metrics["prepaper_jobs{state=\"\(state)\"}"] == count, "\(state)")
    }
    for (outcome, count) in [("succeeded", 2.0), ("failed", 1), ("lost", 0), ("cancelled", 0), ("released", 0)] {
      #expect(metrics["prepaper_attempts_total{outcome=\"\(outcome)\"}"] == count, "\(outcome)")
    }
    #expect(metrics["prepaper_rescues_total"] == 0)
    #expect(metrics["prepaper_oldest_wait_seconds"] == 0)
    #expect(try #require(metrics["prepaper_wal_bytes"]) > 0)
    for histogram in ["prepaper_claim_wait_seconds", "prepaper_start_seconds"] {
      #expect(metrics["\(histogram)_count"] == 3)
      #expect(metrics["\(histogram)_bucket{le=\"+Inf\"}"] == 3)
      #expect(try #require(metrics["\(histogram)_sum"]) > 0)
    }
    #expect(try program.files(below: "metrics") == ["other.prom", "prepaper.prom"])
    var status = stat()
    #expect(unsafe stat("\(program.directory.path)/metrics/prepaper.prom", &status) == 0)
    #expect(status.st_mode & 0o777 == 0o644)
  }

  @Test func `that cannot be written keep no run from its end`() throws {
    let program = try Program()
    try program.write(backtest: "B")
    try program.submit("R")
    let worker = try program.start(["worker", "--lease", "1", "--metrics-file", "nowhere/prepaper.prom"])

    try program.eventually("R", is: "succeeded")
    try eventually("the worker says so") { try worker.errorsSoFar.contains("metrics are not written") }
    worker.send(SIGTERM)

    #expect(try worker.wait().status == 0)
  }

  /// The samples of a file, each of which must follow its family's `HELP` and `TYPE`, and stand there once.
  private func samples(_ text: String?) throws -> [String: Double] {
    guard let text else { return [:] }
    var families: [String: Int] = [:]
    var samples: [String: Double] = [:]
    #expect(text.hasSuffix("\n"))
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      if line.hasPrefix("# ") {
        #expect(words[1] == "HELP" || ["gauge", "counter", "histogram"].contains(words[3]))
        families[String(words[2]), default: 0] += 1
        continue
      }
      let name = line.prefix { $0 != "{" && $0 != " " }
      let family = families.first { name.hasPrefix($0.key) }
      #expect(family?.value == 2, "\(line)")
      let value = try #require(Double(words[1]), "\(line)")
      samples[String(words[0])] = value
    }
    #expect(samples.count == text.split(separator: "\n").count { !$0.hasPrefix("#") })
    return samples
  }
}
