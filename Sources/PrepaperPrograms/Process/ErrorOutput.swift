/// What a program says on its standard error: told line by line up to a limit, and the last lines kept.
struct ErrorOutput {
  private static let longestLine = 500
  private static let keptLines = 10
  private static let toldBytes = 1 << 20

  private let observe: @Sendable (String) -> Void
  private var line: [UInt8] = []
  private var isCut = false
  private var told = 0
  /// The last lines, safe to show.
  private(set) var last: [String] = []

  init(observe: @escaping @Sendable (String) -> Void) {
    self.observe = observe
  }

  /// Takes what was read.
  mutating func append(_ bytes: ArraySlice<UInt8>) {
    for byte in bytes {
      if byte == UInt8(ascii: "\n") {
        endLine()
      } else if line.count <= Self.longestLine {
        line.append(byte)
      }
    }
  }

  /// Takes what stands after the last line's end.
  mutating func finish() {
    if !line.isEmpty { endLine() }
  }

  private mutating func endLine() {
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    let text = shownText(line, limit: Self.longestLine)
    told += line.count + 1
    line.removeAll(keepingCapacity: true)
    if told <= Self.toldBytes {
      observe(text)
    } else if !isCut {
      isCut = true
      observe("(it says more than \(Self.toldBytes >> 20) MiB; the rest is left out)")
    }
    guard !text.isEmpty else { return }
    last.append(text)
    if last.count > Self.keptLines { last.removeFirst() }
  }
}
