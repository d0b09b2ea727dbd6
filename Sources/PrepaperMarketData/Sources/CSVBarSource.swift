internal import Glibc
import PrepaperDomain

/// Bars in files `DIR/SYMBOL.TF.csv`.
package struct CSVBarSource: BarSource {
  private let directory: String

  /// The files of a directory, given by its absolute path.
  package init(directory: String) {
    self.directory = directory
  }

  package var kind: String { "csv" }
  package var adjustment: String { "unknown" }
  package var isSynthetic: Bool { false }

  package func open(_ request: FeedRequest) throws -> any BarFeed {
    let (symbol, timeframe) = (request.symbol, request.timeframe)
    let candidates = request.base.map { [$0] } ?? [timeframe] + Timeframe.allCases.filter { $0 < timeframe }
    var tried: [String] = []
    for candidate in candidates {
      let path = "\(directory)/\(symbol).\(candidate.rawValue).csv"
      guard let bytes = try read(path) else {
        tried.append(path)
        continue
      }
      var parser = CSVBarParser(source: path, symbol: symbol, timeframe: candidate)
      return LoadedBarFeed(try parser.parse(bytes))
    }
    throw RunError(
      .symbolUnknown, "no bars of \(symbol): tried \(tried.joined(separator: ", ")); check BARS_SOURCE")
  }

  /// The bytes of a file, or nil where there is none.
  private func read(_ path: String) throws(RunError) -> [UInt8]? {
    let descriptor = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0, errno == ENOENT || errno == ENOTDIR { return nil }
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = unsafe Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure(path) }
      if count == 0 { return bytes }
      bytes.append(contentsOf: chunk[..<count])
    }
  }

  private func failure(_ path: String) -> RunError {
    RunError(.symbolUnknown, "cannot read \(path): \(unsafe String(cString: strerror(errno)))")
  }
}

extension Timeframe {
  fileprivate static func < (left: Timeframe, right: Timeframe) -> Bool {
    left.minutes < right.minutes && right.isMultiple(of: left)
  }
}
