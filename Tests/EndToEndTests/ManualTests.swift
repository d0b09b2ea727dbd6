import Foundation
import PrepaperTestSupport
import Testing

/// What the README and the manual say is so: each of their commands is run, and each of their links leads somewhere.
@Suite struct `the manual` {
  /// All that a newcomer reads.
  private static let documents =
    ManualPage.manual + ["Sources/README.md", "Tests/README.md", "scripts/README.md", "units/README.md"]

  @Test func `has a page for each topic`() {
    #expect(
      Set(ManualPage.topics).isSuperset(of: [
        "bars", "exit-codes", "formats", "jobs", "operating", "proof", "run", "settings", "strategies",
      ]))
  }

  /// All blocks of a page in one shell, in a directory of their own that is empty at first; nothing is set but where the
  /// program and the source are.
  @Test(arguments: ManualPage.manual)
  func `holds in every command, from a page's first to its last`(page: String) throws {
    let page = try ManualPage(page)
    let folder = URL(fileURLWithPath: Program.path).deletingLastPathComponent().path
    let program = try Program(["PATH": "\(folder):/usr/bin:/bin", "PREPAPER_SOURCE": Program.packageRoot])
    try program.directory.write(page.script(of: "sh"), to: "page")

    // Whatever a command has left behind in the background ends with it.
    let result = try program.tool(
      "/usr/bin/bash", "-c",
      """
      mkdir desk && cd desk
      bash -Eeuo pipefail ../page 2>&1
      status=$?
      trap '' TERM
      kill 0
      exit $status
      """)

    #expect(result.status == 0, "\(page.name): \(result.output)")
  }

  @Test(arguments: documents)
  func `has links that lead to something`(document: String) throws {
    let page = try ManualPage(document)
    let folder = URL(fileURLWithPath: page.path).deletingLastPathComponent()
    for link in page.links {
      let parts = link.target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      let file = parts[0].isEmpty ? page.path : folder.appendingPathComponent(String(parts[0])).standardizedFileURL.path
      guard FileManager.default.fileExists(atPath: file) else {
        Issue.record("\(document):\(link.line): there is no \(link.target)")
        continue
      }
      guard parts.count == 2 else { continue }
      let name = String(file.dropFirst(Program.packageRoot.count + 1))
      #expect(
        try ManualPage(name).anchors.contains(String(parts[1])),
        "\(document):\(link.line): there is no heading \(link.target)")
    }
  }

  /// A new reader follows the map by the names of files; one that was moved since would lead nowhere.
  @Test func `has a map that names files that are there`() throws {
    let text = try String(contentsOfFile: ManualPage("Sources/README.md").path, encoding: .utf8)
    let names = text.matches(of: /`(Prepaper[A-Za-z]+\/[A-Za-z\/+]+\.swift)`/).map { String($0.output.1) }

    #expect(names.count > 20)
    #expect(names.filter { !FileManager.default.fileExists(atPath: "\(Program.packageRoot)/Sources/\($0)") } == [])
  }

  @Test(arguments: documents)
  func `marks what is run, and hides no command from that`(document: String) throws {
    let page = try ManualPage(document)
    let kinds: Set = ["sh", "sh server", "text", "json", "ini", "python", "swift"]
    for block in page.blocks {
      #expect(kinds.contains(block.kind), "\(document):\(block.lines.lowerBound): a block of '\(block.kind)'")
      let isRun = block.kind != "sh" || ManualPage.manual.contains(document)
      #expect(isRun, "\(document):\(block.lines.lowerBound): nobody runs this block")
    }
    var before = ""
    for line in page.prose {
      #expect(!(before.isEmpty && line.text.hasPrefix("    ")), "\(document):\(line.number): an indented block")
      before = line.text
    }
  }

  @Test func `leaves nothing for a server to the reader that the lab does not try`() throws {
    for name in Self.documents where name != "Sources/Manual/operating.md" {
      #expect(try !ManualPage(name).blocks.contains { $0.kind == "sh server" }, "\(name)")
    }
    #expect(try ManualPage("Sources/Manual/operating.md").blocks.contains { $0.kind == "sh server" })
  }

  @Test func `begins with a front page that is short, and names the two commands`() throws {
    let page = try ManualPage("README.md")
    #expect(page.length <= 150)
    let text = try String(contentsOfFile: page.path, encoding: .utf8)
    #expect(text.contains("\nscripts/quickstart "))
    #expect(text.contains("\nscripts/test "))
    let missing = ManualPage.topics.filter { !text.contains("(Sources/Manual/\($0).md)") }
    #expect(missing == [])
  }

  @Test func `names each key of a line that submits a run`() throws {
    let text = try String(contentsOfFile: ManualPage("Sources/Manual/jobs.md").path, encoding: .utf8)
    let table = try #require(text.firstMatch(of: /\| key \| what it takes \|\n(?:\|.*\n)+/)).output
    let firstCells = table.split(separator: "\n").dropFirst(2).compactMap { $0.split(separator: "|").first }
    let keys = firstCells.flatMap { $0.matches(of: /`([a-z_]+)`/) }.map { String($0.output.1) }
    let program = try Program()
    try program.directory.write("", to: "artifacts/backtests/.keep")

    let refusal = try program.start(["submit", "--bulk"], input: #"{"nobody": 1}"#).wait()

    #expect(keys.count > 20)
    #expect(refusal.status == 65)
    #expect(keys.filter { !refusal.errors.contains($0) } == [], "\(refusal.errors)")
  }
}
