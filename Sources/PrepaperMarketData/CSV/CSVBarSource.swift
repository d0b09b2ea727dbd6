package import PrepaperDomain
import Synchronization

/// Bars in files `DIR/SYMBOL.TF.csv`.
package struct CSVBarSource: BarSource {
  private let directory: String
  private let pipes = PipesRead()

  /// The files of a directory, given by its absolute path.
  package init(directory: String) {
    self.directory = directory
  }

  package var kind: String { "csv" }
  package var adjustment: String { "unknown" }
  package var isSynthetic: Bool { false }

  package func open(_ request: FeedRequest) throws -> any BarFeed {
    var tried: [String] = []
    for candidate in request.candidates {
      let path = "\(directory)/\(request.symbol).\(candidate.rawValue).csv"
      if let file = try pipes[path] ?? OpenedFile(path) {
        pipes.keep(file)
        return try CSVBarFeed(file, symbol: request.symbol, timeframe: candidate)
      }
      tried.append(path)
    }
    throw RunError(
      .symbolUnknown, "no bars of \(request.symbol): tried \(tried.joined(separator: ", ")); check BARS_SOURCE")
  }
}

extension FeedRequest {
  /// The timeframes that a source with files or rows of several may take, best first: the wanted one itself, then the
  /// shortest that builds it; only the base where the request names one.
  var candidates: [Timeframe] {
    if let base { return [base] }
    return [timeframe] + Timeframe.allCases.filter { $0 != timeframe && timeframe.isMultiple(of: $0) }
  }
}

/// What came through pipes in the place of files: a pipe gives its bytes once, but may be asked for again.
final class PipesRead: Sendable {
  private let pipes = Mutex<[String: OpenedFile]>([:])

  /// What came through the pipe at a path, if something did.
  subscript(path: String) -> OpenedFile? { pipes.withLock { $0[path] } }

  /// Keeps what came through a pipe; a file is not kept, as it can be opened anew.
  func keep(_ file: OpenedFile) {
    if file.isPipe { pipes.withLock { $0[file.path] = file } }
  }
}

/// The bars of one CSV file, which is read as a whole whenever bars are asked for: an error anywhere in it is one.
struct CSVBarFeed: BarFeed {
  let timeframe: Timeframe
  let coverage: BarCoverage
  private let symbol: Symbol
  private let file: OpenedFile
  private let piece: Int

  /// Looks at the first and the last row only, as long as they tell the coverage; a short file is read as a whole, so
  /// that what is wrong with it is told before anything else.
  ///
  /// - Parameter piece: how many bytes are read at once.
  /// - Throws: `RunError` with `bars_invalid`, `symbol_unknown` or `provider_unavailable`.
  init(_ file: OpenedFile, symbol: Symbol, timeframe: Timeframe, piece: Int = 1 << 18) throws(RunError) {
    self.file = file
    self.piece = piece
    self.symbol = symbol
    self.timeframe = timeframe
    if file.count > CSVBarParser.longestLine, let ends = try Self.ends(file, symbol, timeframe) {
      coverage = .span(ends)
    } else {
      coverage = LoadedBarFeed(try Self.parse(file, symbol, timeframe, span: nil, piece: piece)).coverage
    }
  }

  func bars(in span: TimeSpan) throws -> FeedBars {
    var isWhole = false
    if case .span(let all) = coverage { isWhole = span.from <= all.from && all.to <= span.to }
    return FeedBars(try Self.parse(file, symbol, timeframe, span: span, piece: piece, isWhole: isWhole))
  }

  private static func parse(
    _ file: OpenedFile, _ symbol: Symbol, _ timeframe: Timeframe, span: TimeSpan?, piece: Int,
    isWhole: Bool = false
  ) throws(RunError) -> BarSeries {
    var parser = CSVBarParser(source: file.path, symbol: symbol, timeframe: timeframe, span: span)
    if isWhole { parser.reserveCapacity(bytes: file.count) }
    var start = 0
    while start < file.count {
      let end = min(file.count, start + piece)
      let bytes = try file.read(start..<end)
      try parser.read(bytes.span)
      start = end
    }
    return try parser.finish()
  }

  /// From the first row's open to the last row's end, or nil where the two rows alone do not tell.
  private static func ends(
    _ file: OpenedFile, _ symbol: Symbol, _ timeframe: Timeframe
  ) throws(RunError) -> TimeSpan? {
    let length = min(file.count, CSVBarParser.longestLine)
    let head = try file.read(0..<length).split(separator: UInt8(ascii: "\n"), maxSplits: 2)
    let tail = try file.read(file.count - length..<file.count)
      .split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") })
    guard head.count > 1, tail.count > 1, let last = tail.last else { return nil }
    func time(_ row: ArraySlice<UInt8>) -> UTCTimestamp? {
      var parser = CSVBarParser(source: file.path, symbol: symbol, timeframe: timeframe)
      do {
        return try parser.parse(head[0] + [UInt8(ascii: "\n")] + row).time.first
      } catch {
        // What is wrong with it shows, with its line, when all rows are read.
        return nil
      }
    }
    guard let first = time(head[1]), let last = time(last), first <= last else { return nil }
    return TimeSpan(from: first, to: last + timeframe.duration)
  }
}

/// A feed whose bars are all in memory.
struct LoadedBarFeed: BarFeed {
  private let series: BarSeries

  init(_ series: BarSeries) {
    self.series = series
  }

  var timeframe: Timeframe { series.timeframe }

  var coverage: BarCoverage {
    guard let first = series.time.first, let last = series.time.last else {
      return .span(TimeSpan(from: UTCTimestamp(seconds: 0), to: UTCTimestamp(seconds: 0)))
    }
    return .span(TimeSpan(from: first, to: last + series.timeframe.duration))
  }

  func bars(in span: TimeSpan) -> FeedBars { FeedBars(series.slice(series.indices(in: span))) }
}
