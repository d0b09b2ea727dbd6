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
    do throws(JSONFault) {
      try self.init(json)
    } catch {
      throw Fault(error.description)
    }
  }

  private init(_ json: JSONValue) throws(JSONFault) {
    let line = try JSONMembers(json, required: ["type"], isOpen: true)
    // What is not known is refused: a misspelt `sl` would be an order without a stop.
    switch try line.choice("type", of: Kind.self) {
    case .signal:
      let members = try line.only(
        required: ["type", "decided_at", "symbol", "side", "entry_price"], optional: ["sl", "tp", "reason", "ts"])
      let signal = Signal(
        time: try members.instant("decided_at"), symbol: try members.symbol("symbol"),
        side: try members.choice("side"), entryPrice: try members.price("entry_price"),
        stopPrice: try members.optionalPrice("sl"), takeProfitPrice: try members.optionalPrice("tp"),
        reason: try members.optionalReason("reason"))
      self = .signal(signal, time: try members.optionalInstant("ts"))
    case .reject:
      let members = try line.only(required: ["type", "ts", "symbol", "reason"], optional: ["numbers"])
      let reject = Reject(
        time: try members.instant("ts"), symbol: try members.symbol("symbol"), reason: try members.reason("reason"),
        numbers: try members.optionalNumbers("numbers") ?? [:])
      self = .reject(reject)
    case .done:
      _ = try line.only(required: ["type"])
      self = .done
    }
  }

  private enum Kind: String, CaseIterable { case signal, reject, done }
}

extension StrategyLine.Fault {
  init(_ problem: String) {
    self.init(column: nil, problem: problem)
  }
}

extension JSONMembers {
  fileprivate func price(_ name: String) throws(JSONFault) -> Double {
    try value(name, "a number above zero") { $0.doubleValue.flatMap { $0.isFinite && $0 > 0 ? $0 : nil } }
  }

  fileprivate func optionalPrice(_ name: String) throws(JSONFault) -> Double? { has(name) ? try price(name) : nil }

  fileprivate func reason(_ name: String) throws(JSONFault) -> String {
    try parsed(name, "text of 1 to 1,000 bytes") { $0.isEmpty || $0.utf8.count > 1000 ? nil : $0 }
  }

  fileprivate func optionalReason(_ name: String) throws(JSONFault) -> String? { has(name) ? try reason(name) : nil }

  fileprivate func optionalNumbers(_ name: String) throws(JSONFault) -> [String: JSONValue]? {
    guard has(name) else { return nil }
    let numbers = try valuesByName(name)
    guard numbers.count <= 100 else { throw fault(name, "must have at most 100 numbers, has \(numbers.count)") }
    for (key, number) in numbers where number.doubleValue?.isFinite != true {
      throw fault("\(name).\(key.shown(limit: 40))", "must be a number, is \(number.kind)")
    }
    return numbers
  }
}
