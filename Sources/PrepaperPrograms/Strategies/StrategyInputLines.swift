internal import PrepaperDomain
import PrepaperJSON
internal import PrepaperPipeline

/// The lines that a strategy's program reads, as bytes.
struct StrategyInputLines {
  private let features: [Feature]
  private let pieceSize: Int

  /// - Parameter pieceSize: about how many bytes are given at once.
  init(features: [Feature], pieceSize: Int) {
    self.pieceSize = pieceSize
    self.features = features.sorted { $0.description.utf8.lexicographicallyPrecedes($1.description.utf8) }
  }

  /// The first line: what the program is asked.
  func hello(parameters: [String: JSONValue], symbols: [Symbol], timeframe: Timeframe) -> [UInt8] {
    CanonicalJSON.compact(
      .object([
        "type": .string("hello"), "protocol": .integer(1), "params": .object(parameters),
        "symbols": .array(symbols.map { .string($0.description) }), "timeframe": .string(timeframe.rawValue),
        "features": .array(features.map { .string($0.description) }),
      ])) + [UInt8(ascii: "\n")]
  }

  /// The last line.
  var end: [UInt8] { Array("{\"type\": \"end\"}\n".utf8) }

  /// The lines of bars from an index on, and where each ends in the piece; nil after the last one.
  func bars(
    _ history: SufficientHistory, features columns: FeatureColumns, from index: inout Int
  ) -> (bytes: [UInt8], ends: [Int])? {
    let (series, window) = (history.series, history.window)
    guard index < series.count else { return nil }
    let columns = features.map { (name: $0.description, column: columns[$0] ?? []) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(pieceSize + 512)
    var ends: [Int] = []
    while index < series.count, bytes.count < pieceSize {
      let bar = series[index]
      let close = history.closes.close(ofBarOpening: bar.time)
      bytes.append(contentsOf: "{\"type\": \"bar\", \"symbol\": \"\(series.symbol)\", \"ts\": \"".utf8)
      bytes.append(contentsOf: bar.time.rfc3339.utf8)
      bytes.append(contentsOf: "\", \"closes_at\": \"".utf8)
      bytes.append(contentsOf: close.rfc3339.utf8)
      bytes.append(contentsOf: "\", \"open\": ".utf8)
      append(bar.open, to: &bytes)
      bytes.append(contentsOf: ", \"high\": ".utf8)
      append(bar.high, to: &bytes)
      bytes.append(contentsOf: ", \"low\": ".utf8)
      append(bar.low, to: &bytes)
      bytes.append(contentsOf: ", \"close\": ".utf8)
      append(bar.close, to: &bytes)
      bytes.append(contentsOf: ", \"volume\": ".utf8)
      append(bar.volume, to: &bytes)
      if !columns.isEmpty {
        for (number, column) in columns.enumerated() {
          bytes.append(contentsOf: "\(number == 0 ? ", \"features\": {" : ", ")\"\(column.name)\": ".utf8)
          append(index < column.column.count ? column.column[index] : .nan, to: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
      }
      if !window.contains(bar.time) { bytes.append(contentsOf: ", \"warmup\": true".utf8) }
      bytes.append(contentsOf: "}\n".utf8)
      ends.append(bytes.count)
      index += 1
    }
    return (bytes, ends)
  }

  /// A number; one that there is not yet is null.
  private func append(_ number: Double, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: (number.isFinite ? CanonicalJSON.number(number) : "null").utf8)
  }
}
