import PrepaperDomain
import PrepaperJSON

/// A bar inside its mother, with what is known at its close.
struct InsideBarPattern {
  let symbol: Symbol
  let mother: Bar
  let inside: Bar
  let motherATR: Double
  let windowEnd: UTCTimestamp

  private static let evidence = ["mother_ts", "inside_ts", "mother_high", "mother_low", "atr"]

  /// The pattern as a reject, with the numbers that decided.
  func rejected(_ rule: PatternRule, _ numbers: Double...) -> Reject {
    Reject(
      time: inside.time, symbol: symbol, reason: rule.reason,
      facts: Facts([.instant(mother.time)] + numbers.map { .number($0) }, names: rule.names))
  }

  /// One leg of the pattern's orders.
  func signal(
    _ side: Side, name: String, at time: UTCTimestamp, entry: Double, stop: Double, target: Double,
    validity: TimeSpan, group: String?
  ) -> Signal {
    Signal(
      time: time, symbol: symbol, side: side, entryPrice: entry, stopPrice: stop, takeProfitPrice: target,
      orderType: "STOP", validity: validity, ocoGroup: group,
      templateID: name + (side == .buy ? "_BUY" : "_SELL"),
      facts: Facts(
        [
          .instant(mother.time), .instant(inside.time), .number(mother.high), .number(mother.low), .number(motherATR),
        ], names: Self.evidence))
  }

  /// The name of the pattern's orders, `ib_SPY_20131004_184500`.
  func name(prefix: String, at time: UTCTimestamp) -> String {
    let (year, month, day) = time.utcDate.components
    let second = Int(time.seconds.flooredRemainder(by: 86_400))
    let date = (year * 100 + month) * 100 + day
    let clock = (second / 3600 * 100 + second / 60 % 60) * 100 + second % 60
    var text: [UInt8] = []
    text.reserveCapacity(64)
    text.append(contentsOf: prefix.utf8)
    text.append(UInt8(ascii: "_"))
    text.append(contentsOf: symbol.description.utf8)
    // The digits from the back, and a line before each half.
    var rest = date * 1_000_000 + clock
    let end = text.count + 16
    text.append(contentsOf: repeatElement(UInt8(ascii: "_"), count: 16))
    for place in stride(from: end - 1, through: end - 15, by: -1) where place != end - 7 {
      text[place] = UInt8(ascii: "0") + UInt8(rest % 10)
      rest /= 10
    }
    return String(decoding: text, as: UTF8.self)
  }
}

extension Bar {
  /// From the low to the high.
  var range: Double { high - low }

  /// The share of the range that is body, 0 to 1; 0 where there is no range.
  var bodyFraction: Double { range > 0 ? abs(close - open) / range : 0 }
}

/// A rule that a pattern fails, with the names of the numbers that it compares.
struct PatternRule: Sendable {
  static let motherTooSmall = PatternRule("mother_too_small", "mother_range", "atr", "wanted")
  static let motherBodyFraction = PatternRule("mother_body_fraction", "fraction", "wanted")
  static let insideBodyFraction = PatternRule("inside_body_fraction", "fraction", "wanted")
  static let motherOutsideSession = PatternRule("mother_outside_session")
  static let signalAtWindowEnd = PatternRule("signal_at_window_end")
  static let nonPositiveRisk = PatternRule("non_positive_risk", "risk_long", "risk_short")
  static let rangeRatio = PatternRule("range_ratio", "ratio", "min", "max")
  static let doji = PatternRule("doji", "mother_body", "inside_body")
  static let coloursDiffer = PatternRule("colours_differ", "mother_body", "inside_body")

  let reason: String
  /// The time of the mother, then the numbers.
  let names: [String]

  private init(_ reason: String, _ numbers: String...) {
    self.reason = reason
    names = ["mother_ts"] + numbers
  }
}

/// Why a pattern that made its window's trade gives no orders.
struct RefusedPattern: Error {
  let reject: Reject

  init(_ reject: Reject) {
    self.reject = reject
  }
}
