internal import PrepaperDomain
import PrepaperJSON

/// A line that a strategy's program prints: what it found, or that it is done.
enum StrategyLine: Hashable, Sendable {
  /// A decision; `time` is what it says beside its decision time.
  case signal(Signal, time: UTCTimestamp?)
  /// A pattern that it saw and did not take.
  case reject(Reject)
  /// It has found everything.
  case done

  /// What is wrong with a line, and from which column on, where that is known.
  struct Fault: Error, Hashable {
    let column: Int?
    let problem: String
  }

  /// The line without its end.
  init(_ bytes: [UInt8]) throws(Fault) {
    let json: JSONValue
    do throws(JSONParseError) {
      json = try JSONParser.parse(bytes)
    } catch {
      throw Fault(column: error.column, problem: error.problem)
    }
    guard case .object(let members) = json else { throw Fault("must be an object, is \(json.kind)") }
    guard let type = members["type"] else { throw Fault("'type' is missing: signal, reject or done") }
    var reader = Reader(members: members)
    switch type.stringValue {
    case "signal":
      let signal = Signal(
        time: try reader.time("decided_at"), symbol: try reader.symbol(), side: try reader.side(),
        entryPrice: try reader.price("entry_price"), stopPrice: try reader.optionalPrice("sl"),
        takeProfitPrice: try reader.optionalPrice("tp"),
        reason: try reader.optionalText("reason"))
      self = .signal(signal, time: try reader.optionalTime("ts"))
    case "reject":
      let reject = Reject(
        time: try reader.time("ts"), symbol: try reader.symbol(), reason: try reader.text("reason"),
        numbers: try reader.numbers())
      self = .reject(reject)
    case "done": self = .done
    default:
      throw Fault("'type' must be signal, reject or done, is \(type.shown)")
    }
    try reader.finish()
  }
}

extension StrategyLine.Fault {
  init(_ problem: String) {
    self.init(column: nil, problem: problem)
  }
}

/// Reads the members of a line, and knows at the end which were not read.
private struct Reader {
  let members: [String: JSONValue]
  private var known: Set<String> = ["type"]

  init(members: [String: JSONValue]) {
    self.members = members
  }

  mutating func time(_ name: String) throws(StrategyLine.Fault) -> UTCTimestamp {
    guard let time = try optionalTime(name) else { throw missing(name) }
    return time
  }

  mutating func optionalTime(_ name: String) throws(StrategyLine.Fault) -> UTCTimestamp? {
    guard let value = take(name) else { return nil }
    guard let text = value.stringValue, let time = UTCTimestamp(rfc3339: text) else {
      throw wrong(name, "a time like 2025-12-15T14:30:00Z", value)
    }
    return time
  }

  mutating func symbol() throws(StrategyLine.Fault) -> Symbol {
    guard let value = take("symbol") else { throw missing("symbol") }
    guard let symbol = value.stringValue.flatMap(Symbol.init) else { throw wrong("symbol", "a symbol", value) }
    return symbol
  }

  mutating func side() throws(StrategyLine.Fault) -> Side {
    guard let value = take("side") else { throw missing("side") }
    guard let side = value.stringValue.flatMap(Side.init) else { throw wrong("side", "BUY or SELL", value) }
    return side
  }

  mutating func price(_ name: String) throws(StrategyLine.Fault) -> Double {
    guard let price = try optionalPrice(name) else { throw missing(name) }
    return price
  }

  mutating func optionalPrice(_ name: String) throws(StrategyLine.Fault) -> Double? {
    guard let value = take(name) else { return nil }
    guard let price = value.doubleValue, price.isFinite, price > 0 else {
      throw wrong(name, "a number above zero", value)
    }
    return price
  }

  mutating func text(_ name: String) throws(StrategyLine.Fault) -> String {
    guard let text = try optionalText(name) else { throw missing(name) }
    return text
  }

  mutating func optionalText(_ name: String) throws(StrategyLine.Fault) -> String? {
    guard let value = take(name) else { return nil }
    guard let text = value.stringValue, !text.isEmpty, text.utf8.count <= 1000 else {
      throw wrong(name, "text of 1 to 1,000 bytes", value)
    }
    return text
  }

  mutating func numbers() throws(StrategyLine.Fault) -> [String: JSONValue] {
    guard let value = take("numbers") else { return [:] }
    guard case .object(let numbers) = value, numbers.count <= 100 else {
      throw wrong("numbers", "an object of at most 100 numbers", value)
    }
    for (name, number) in numbers where number.doubleValue?.isFinite != true {
      throw StrategyLine.Fault("'numbers' must have numbers, '\(shownText(name.utf8, limit: 40))' is \(number.kind)")
    }
    return numbers
  }

  /// Refuses what nobody has read: a misspelt `stop` would be an order without one.
  func finish() throws(StrategyLine.Fault) {
    let unknown = members.keys.filter { !known.contains($0) }
    if let name = unknown.min(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      throw StrategyLine.Fault("'\(shownText(name.utf8, limit: 40))' is not known")
    }
  }

  /// The value of a member; null is as good as none.
  private mutating func take(_ name: String) -> JSONValue? {
    known.insert(name)
    guard let value = members[name], value != .null else { return nil }
    return value
  }

  private func missing(_ name: String) -> StrategyLine.Fault { StrategyLine.Fault("'\(name)' is missing") }

  private func wrong(_ name: String, _ wanted: String, _ value: JSONValue) -> StrategyLine.Fault {
    StrategyLine.Fault("'\(name)' must be \(wanted), is \(value.shown)")
  }
}

extension JSONValue {
  /// A text itself, of anything else its kind.
  fileprivate var shown: String { stringValue.map { "'\(shownText($0.utf8, limit: 40))'" } ?? kind }
}
