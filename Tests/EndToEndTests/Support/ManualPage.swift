import Foundation

/// A document of the project in Markdown: its blocks of commands, where its words link to, and its headings.
struct ManualPage: Sendable {
  /// A fenced block.
  struct Block: Hashable, Sendable {
    /// What stands behind its first fence: `sh`, `sh server`, `text`.
    let kind: String
    /// The numbers of its lines, fences included; the page's first line is 1.
    let lines: ClosedRange<Int>
  }

  /// A line outside of the blocks.
  struct Line: Hashable, Sendable {
    let number: Int
    let text: String
  }

  /// A link to another document or another place.
  struct Link: Hashable, Sendable {
    let line: Int
    let target: String
  }

  /// The front page and every topic of the manual, by their paths from the project's folder.
  static let manual: [String] = ["README.md"] + topics.map { "Sources/Manual/\($0).md" }

  /// The names of the topics, sorted.
  static let topics: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: "\(Program.packageRoot)/Sources/Manual")) ?? []
    return files.filter { $0.hasSuffix(".md") }.map { String($0.dropLast(3)) }.sorted()
  }()

  /// Its path from the project's folder.
  let name: String
  /// Its blocks, in order.
  let blocks: [Block]
  private let lines: [String]

  /// The document at a path from the project's folder.
  init(_ name: String) throws {
    let lines = try String(contentsOfFile: "\(Program.packageRoot)/\(name)", encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var blocks: [Block] = []
    var begin: Int?
    for (index, line) in lines.enumerated() where line.hasPrefix("```") {
      if let first = begin {
        blocks.append(Block(kind: String(lines[first].dropFirst(3)), lines: (first + 1)...(index + 1)))
        begin = nil
      } else {
        begin = index
      }
    }
    self.name = name
    self.blocks = blocks
    self.lines = lines
  }

  /// Its absolute path.
  var path: String { "\(Program.packageRoot)/\(name)" }

  /// How many lines it has.
  var length: Int { lines.last == "" ? lines.count - 1 : lines.count }

  /// The blocks of a kind as one script; each line has the number that it has on the page.
  ///
  /// The first line is the page's title, and so never one of a block: what says where a command failed takes its place.
  func script(of kind: String) -> String {
    let wanted = Set(blocks.filter { $0.kind == kind }.flatMap { $0.lines.dropFirst().dropLast() })
    let trap = "trap 'echo \"\(name):$LINENO: ended with $?\" >&2' ERR"
    let rest = lines.enumerated().dropFirst().map { wanted.contains($0.offset + 1) ? $0.element : "" }
    return ([trap] + rest).joined(separator: "\n")
  }

  /// The lines outside of the blocks.
  var prose: [Line] {
    let inBlocks = Set(blocks.flatMap { Array($0.lines) })
    return lines.enumerated().filter { !inBlocks.contains($0.offset + 1) }
      .map { Line(number: $0.offset + 1, text: $0.element) }
  }

  /// Where its words link to; addresses on the network are left out.
  var links: [Link] {
    prose.flatMap { line in
      line.text.replacing(/`[^`]*`/, with: "").matches(of: /\]\(([^)\s]+)\)/)
        .map { Link(line: line.number, target: String($0.output.1)) }
    }.filter { !$0.target.contains("://") }
  }

  /// The names by which its headings are linked to.
  var anchors: Set<String> {
    let titles = prose.filter { $0.text.hasPrefix("#") }.map { line in
      line.text.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces).lowercased()
    }
    return Set(
      titles.map { title in
        title.filter { $0.isLetter || $0.isNumber || " -_".contains($0) }.replacing(" ", with: "-")
      })
  }
}
