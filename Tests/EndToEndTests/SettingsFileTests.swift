import Foundation
import Glibc
import PrepaperDomain
import PrepaperJSON
import PrepaperTestSupport
import Testing

@Suite struct `the settings file` {
  /// The settings that the file in `units` explains, as it has them: set, or shown as a comment.
  private static let explained: Set<String> = {
    let text = (try? String(contentsOfFile: "\(Program.packageRoot)/units/prepaper.env", encoding: .utf8)) ?? ""
    return Set(
      text.split(separator: "\n").compactMap { line in
        let line = line.first == "#" ? line.dropFirst() : line
        guard let end = line.firstIndex(of: "="), line.first?.isUppercase == true, !line[..<end].contains(" ") else {
          return nil
        }
        return String(line[..<end])
      })
  }()

  @Test func `explains every setting, and no other`() throws {
    let program = try Program()
    let answer = try program.run("doctor", "--json").json
    guard case .array(let rows)? = answer["settings"] else {
      Issue.record("no settings")
      return
    }

    #expect(Set(rows.compactMap { $0["name"]?.stringValue }) == Self.explained)
  }

  @Test func `has the settings that the manual tells of`() throws {
    let page = try ManualPage("Sources/Manual/settings.md")
    let rows = page.prose.compactMap { $0.text.wholeMatch(of: /\| `([A-Z][A-Z0-9_]*)` \|[^|]+\|[^|]+\|/)?.output.1 }

    #expect(rows.map(String.init).sorted() == Self.explained.sorted())
  }

  @Test(arguments: [
    ("PREPAPER_CONCURRENCY", "0", "must be 1 to 256"), ("PREPAPER_CONCURRENCY", "1.5", "must be 1 to 256"),
    ("PREPAPER_RUN_TIMEOUT", "soon", "must be 0.1 to 604800 seconds"), ("PREPAPER_GRACE", "-1", "must be 0 to 600"),
    ("PREPAPER_LEASE", "nan", "must be 1 to 3600 seconds"), ("PREPAPER_MAX_MEMORY", "1", "must be 32 to 1048576 MiB"),
    ("PREPAPER_NICE", "20", "must be 0 to 19"), ("PREPAPER_LOG_LEVEL", "loud", "none of trace"),
  ])
  func `that says what cannot be keeps a worker from starting`(name: String, value: String, words: String) throws {
    let program = try Program()
    try program.directory.write("\(name)=\(value)\n", to: "config/prepaper/prepaper.env")

    let result = try program.run("worker", "--drain")

    #expect(result.status == 78)
    #expect(result.errors.contains(words), "\(result.errors)")
  }

  @Test func `is looked for in the user's own configuration`() throws {
    let program = try Program(["PREPAPER_ENV_FILES": ""])
    try program.directory.write("PREPAPER_CONCURRENCY=many\n", to: "config/prepaper/prepaper.env")
    try program.directory.write("PREPAPER_CONCURRENCY=few\n", to: ".config/prepaper/prepaper.env")

    let inXDG = try program.run("worker", "--drain")
    let atHome = try program.run("worker", "--drain", environment: ["XDG_CONFIG_HOME": ""])

    #expect(inXDG.errors.contains("'many' (\(program.directory.path)/config/prepaper/prepaper.env)"), "\(inXDG.errors)")
    #expect(
      atHome.errors.contains("'few' (\(program.directory.path)/.config/prepaper/prepaper.env)"), "\(atHome.errors)")
  }

  @Test func `is behind a flag and the environment`() throws {
    let program = try Program()
    try program.directory.write("PREPAPER_CONCURRENCY=many\n", to: "config/prepaper/prepaper.env")

    #expect(try program.run("worker", "--drain").status == 78)
    #expect(try program.run("worker", "--drain", environment: ["PREPAPER_CONCURRENCY": "2"]).status == 0)
    #expect(try program.run("worker", "--drain", "--concurrency", "2").status == 0)
  }

  @Test func `is read again on SIGHUP, also where a service manager has put it into the environment`() throws {
    let run = try HeldRun()
    let file = "\(run.program.directory.path)/worker.env"
    let pool = "\(run.program.directory.path)/pool.env"
    try run.program.directory.write("PREPAPER_CONCURRENCY=1\nPREPAPER_NICE=3\n", to: "worker.env")
    try run.program.directory.write("PREPAPER_NICE=5\n", to: "pool.env")
    // As EnvironmentFile= does it: what the files say is in the environment, the later one's word.
    let worker = try run.program.start(
      ["worker"],
      environment: ["PREPAPER_ENV_FILES": "\(file):\(pool)", "PREPAPER_CONCURRENCY": "1", "PREPAPER_NICE": "5"])
    let child = try run.child(of: 1)
    try run.program.submit("S")

    try run.program.directory.write("PREPAPER_CONCURRENCY=2\nPREPAPER_NICE=4\n", to: "worker.env")
    worker.send(SIGHUP)
    try eventually("the second run is claimed too") {
      try run.query("SELECT count(*) FROM jobs WHERE state = 'running'") == "2"
    }

    #expect(getpriority(__priority_which_t(PRIO_PROCESS.rawValue), id_t(child)) == 5)
    try run.program.directory.write("PREPAPER_CONCURRENCY=none\n", to: "worker.env")
    worker.send(SIGHUP)
    try eventually("the worker refuses it") {
      try worker.errorsSoFar.contains("the settings stay as they were: PREPAPER_CONCURRENCY is 'none'")
    }
    worker.send(SIGTERM)
    // Of two signals of one kind that are pending at once, the kernel delivers one.
    try eventually("the worker has heard it") { try worker.errorsSoFar.contains("asked to stop") }
    worker.send(SIGTERM)
    let end = try worker.wait()
    #expect(end.status == 0)
    #expect(end.errors.contains("PREPAPER_CONCURRENCY is 2, was 1"))
    // The pool's own file goes before the other, which has changed beneath it.
    #expect(!end.errors.contains("PREPAPER_NICE"))
    #expect(try run.query("SELECT group_concat(state || tries, ' ') FROM jobs") == "queued0 queued0")
  }
}
