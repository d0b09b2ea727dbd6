internal import PrepaperArtifacts
import PrepaperDomain

/// `events_intent.csv`: the signals of a backtest.
///
/// - the header decides the columns; `signal_ts`, `symbol`, `side` and `entry_price` must be there, the others of
///   `stop_price`, `take_profit_price`, `strategy_version` may be
/// - `signal_ts` has a zone: `2025-12-15T14:45:00+00:00`, or with a space in place of the `T`
/// - `side` is `BUY` or `LONG`, `SELL` or `SHORT`
/// - a field may stand in quotes, in which `""` is a quote
struct IntentFile {
  private static let needed = ["signal_ts", "symbol", "side", "entry_price"]

  private let name: String
  private(set) var signals: [DriftSignal] = []

  /// - Throws: `RunError` with `manifest_invalid`: file, line and column of the first fault.
  init(_ bytes: [UInt8], name: String) throws(RunError) {
    self.name = name
    var columns: [String: Int]?
    var position = 0
    var line = 1
    while position < bytes.count {
      let begin = line
      let fields = Self.record(bytes, &position, &line)
      guard fields != [""] else { continue }
      if let columns {
        signals.append(try signal(Row(fields: fields, columns: columns, line: begin, file: name)))
      } else {
        columns = try Self.columns(fields, name)
      }
    }
    guard columns != nil else { throw RunError(.manifestInvalid, "\(name) is empty; its first line is a header") }
  }

  /// One line of fields.
  private struct Row {
    let fields: [String]
    let columns: [String: Int]
    let line: Int
    let file: String

    /// A field; nil where there is no such column, or nothing in it.
    func text(_ column: String) -> String? {
      guard let index = columns[column], index < fields.count, !fields[index].isEmpty else { return nil }
      return fields[index]
    }

    func number(_ column: String) throws(RunError) -> Double? {
      guard let text = text(column), text.lowercased() != "nan" else { return nil }
      guard let number = Double(text), number.isFinite else { throw invalid(column, "is no number") }
      return number
    }

    func invalid(_ column: String, _ problem: String) -> RunError {
      RunError(
        .manifestInvalid, "\(file), line \(line), column \(column): '\(text(column)?.prefix(60) ?? "")' \(problem)")
    }
  }

  private func signal(_ row: Row) throws(RunError) -> DriftSignal {
    guard let time = row.text("signal_ts").flatMap(Self.time) else {
      throw row.invalid("signal_ts", "is no time with a zone like 2025-12-15T14:45:00+00:00")
    }
    guard let symbol = row.text("symbol").flatMap(Symbol.init) else { throw row.invalid("symbol", "is no symbol") }
    let side: Side
    switch row.text("side")?.uppercased() {
    case "BUY", "LONG": side = .buy
    case "SELL", "SHORT": side = .sell
    default: throw row.invalid("side", "must be BUY, SELL, LONG or SHORT")
    }
    guard let entry = try row.number("entry_price") else { throw row.invalid("entry_price", "must be a number") }
    return DriftSignal(
      time: time, symbol: symbol, side: side, entry: entry, stop: try row.number("stop_price"),
      target: try row.number("take_profit_price"), version: row.text("strategy_version"))
  }

  private static func time(_ text: String) -> UTCTimestamp? {
    UTCTimestamp(rfc3339: String(text.map { $0 == " " ? "T" : $0 }))
  }

  private static func columns(_ header: [String], _ name: String) throws(RunError) -> [String: Int] {
    let names = header.map { $0.hasPrefix("\u{feff}") ? String($0.dropFirst()) : $0 }
    let columns = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
    guard let missing = needed.first(where: { columns[$0] == nil }) else { return columns }
    throw RunError(.manifestInvalid, "\(name), line 1: there is no column \(missing)")
  }

  /// The fields up to the end of a line, which may lie behind quoted line ends.
  private static func record(_ bytes: [UInt8], _ position: inout Int, _ line: inout Int) -> [String] {
    var fields: [String] = []
    var field: [UInt8] = []
    var isQuoted = false
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\n") { line += 1 }
      switch byte {
      case UInt8(ascii: "\"") where isQuoted && position < bytes.count && bytes[position] == byte:
        field.append(byte)
        position += 1
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: ",") where !isQuoted:
        fields.append(String(decoding: field, as: UTF8.self))
        field = []
      case UInt8(ascii: "\n") where !isQuoted:
        if field.last == UInt8(ascii: "\r") { field.removeLast() }
        return fields + [String(decoding: field, as: UTF8.self)]
      default: field.append(byte)
      }
    }
    return fields + [String(decoding: field, as: UTF8.self)]
  }
}
