import PrepaperDomain

/// A bar inside its mother, with what is known at its close.
struct InsideBarPattern {
  let symbol: Symbol
  let mother: Bar
  let inside: Bar
  let motherATR: Double
  let windowEnd: UTCTimestamp

  /// The pattern as a reject, with the numbers that decided.
  func rejected(_ reason: String, _ numbers: [String: Double] = [:]) -> Reject {
    var json: [String: JSONValue] = ["mother_ts": .string(mother.time.rfc3339)]
    for (name, number) in numbers { json[name] = number.isFinite ? .double(number) : .null }
    return Reject(time: inside.time, symbol: symbol, reason: reason, numbers: json)
  }

  /// The name of the pattern's orders, `ib_SPY_20131004_184500`.
  func name(prefix: String, at time: UTCTimestamp) -> String { "\(prefix)_\(symbol)_\(time.compact)" }

  /// One leg of the pattern's orders.
  func signal(
    _ side: Side, at time: UTCTimestamp, entry: Double, stop: Double, target: Double, validity: TimeSpan,
    name: String, group: String?
  ) -> Signal {
    Signal(
      time: time, symbol: symbol, side: side, entryPrice: entry, stopPrice: stop, takeProfitPrice: target,
      orderType: "STOP", validity: validity, ocoGroup: group, templateID: "\(name)_\(side.rawValue)",
      evidence: [
        "mother_ts": .string(mother.time.rfc3339), "inside_ts": .string(inside.time.rfc3339),
        "mother_high": .double(mother.high), "mother_low": .double(mother.low),
        "atr": motherATR.isFinite ? .double(motherATR) : .null,
      ])
  }
}

extension UTCTimestamp {
  /// `20131004_184500`.
  fileprivate var compact: String {
    let digits = rfc3339.utf8.filter { (48...57).contains($0) }
    return String(decoding: digits.prefix(8) + [UInt8(ascii: "_")] + digits.dropFirst(8).prefix(6), as: UTF8.self)
  }
}
