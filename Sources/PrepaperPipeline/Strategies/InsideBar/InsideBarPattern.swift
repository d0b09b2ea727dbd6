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

  /// One leg of the pattern's orders; both legs carry the same group.
  func signal(
    _ side: Side, at time: UTCTimestamp, entry: Double, stop: Double, target: Double, validity: TimeSpan
  ) -> Signal {
    let group = "ib_\(symbol)_\(time.compact)"
    return Signal(
      time: time, symbol: symbol, side: side, entryPrice: entry, stopPrice: stop, takeProfitPrice: target,
      orderType: "STOP", validity: validity, ocoGroup: group, templateID: "\(group)_\(side.rawValue)",
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
    let digits = rfc3339.filter { $0.isNumber }
    return "\(digits.prefix(8))_\(digits.dropFirst(8).prefix(6))"
  }
}
