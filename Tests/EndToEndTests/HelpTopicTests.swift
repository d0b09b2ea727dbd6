import Foundation
import PrepaperTestSupport
import Testing

/// The manual is in the program: no file of the project is needed to read it.
@Suite struct HelpTopicTests {
  @Test(arguments: ManualPage.topics) func `a topic comes through a pipe as it was written`(topic: String) throws {
    let result = try Program().run("help", topic)

    #expect(result.status == 0, "\(result.errors)")
    #expect(
      result.output == (try String(contentsOfFile: ManualPage("Sources/Manual/\(topic).md").path, encoding: .utf8)))
  }

  @Test func `help lists each topic`() throws {
    let help = try Program().run("help").output.split(whereSeparator: \.isWhitespace).joined(separator: " ")

    let list = try #require(help.firstMatch(of: /'prepaper help TOPIC' shows the manual: ([a-z, -]+)\./), "\(help)")
    #expect(list.output.1.split(separator: ", ").map(String.init).sorted() == ManualPage.topics)
  }

  @Test func `a command that is no topic tells of itself`() throws {
    let result = try Program().run("help", "submit")

    #expect(result.status == 0)
    #expect(result.output.contains("USAGE: prepaper submit"))
  }

  @Test func `on a terminal a topic is shown by the pager that the reader has set`() throws {
    let program = try Program(["PAGER": "sed 1s/^/PAGED:/", "TERM": "xterm"])

    let shown = try program.tool("/usr/bin/script", "-qec", "\(Program.path) help jobs", "/dev/null").output

    #expect(shown.hasPrefix("PAGED:# "), "\(shown.prefix(200))")
    #expect(!shown.dropFirst().contains("PAGED:"))
  }

  @Test(arguments: [("true", 0), ("head -n1", 1), ("grep nothing-like-this", 0)])
  func `a pager that ends early or badly is no fault, and nothing is shown twice`(pager: String, titles: Int) throws {
    let program = try Program(["PAGER": pager, "TERM": "xterm"])

    let shown = try program.tool(
      "/usr/bin/script", "-qec", "\(Program.path) help formats; echo ended $?", "/dev/null"
    ).output

    #expect(shown.hasSuffix("ended 0\r\n"), "\(shown.suffix(200))")
    #expect(shown.components(separatedBy: "# Formats").count - 1 == titles)
  }

  @Test func `where there is no pager a topic is written all the same`() throws {
    let program = try Program(["PAGER": "there-is-none", "TERM": "xterm"])

    let shown = try program.tool("/usr/bin/script", "-qec", "\(Program.path) help jobs", "/dev/null").output

    #expect(shown.hasPrefix("# "), "\(shown.prefix(200))")
  }
}
