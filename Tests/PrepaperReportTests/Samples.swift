import PrepaperDomain
import PrepaperJSON

/// Documents beside a run, with one of everything that they can say.
enum Samples {
  /// Signals of each status, and of each cause.
  static let drift = JSONValue.object([
    "schema_version": .string("1.0.0"),
    "reference": .object(["kind": .string("backtest"), "name": .string("BACKTEST_1")]),
    "counts": .object([
      "matched": .integer(31), "price_differs": .integer(2), "only_here": .integer(3), "only_there": .integer(4),
      "outside_window": .integer(5),
    ]),
    "drift": .double(0.225),
    "signals": .array(
      [signal("matched", here: 100, there: 100, cause: nil)]
        + causes.enumerated().map { index, cause in
          switch index % 3 {
          case 0: signal("price_differs", here: 100, there: 100.01, cause: cause)
          case 1: signal("only_here", here: 101, there: nil, cause: cause)
          default: signal("only_there", here: nil, there: 102, cause: cause)
          }
        }),
  ])

  /// The causes that a difference can have.
  static let causes = [
    "bars_differ", "bar_revised", "hole", "parameter_differs", "outside_window", "bar_not_there_yet", "rejected",
    "unknown",
  ]

  /// A run that was tried with two, three and five times its warm-up.
  static let sensitivity = JSONValue.object([
    "schema_version": .string("1.0.0"), "base_warmup_bars": .integer(76),
    "variants": .array([
      variant(2, 152, "same"),
      .object([
        "factor": .integer(3), "warmup_bars": .integer(228), "status": .string("differs"), "reason": .null,
        "same": .integer(10), "added": .array([order(201)]), "removed": .array([order(202)]),
        "changed": .array([
          .object([
            "order": order(203),
            "changes": .array([
              .object(["path": .string("tp"), "before": .double(204.5), "after": .double(205.5)])
            ]),
          ])
        ]),
      ]),
      variant(5, 380, "not_available", reason: "the source begins too late"),
    ]),
  ])

  /// Rejects of two rules, the second of which is rarer.
  static func rejects(_ count: Int) throws -> [JSONValue] {
    (0..<count).map { index in
      .object([
        "ts": .string("2025-01-06T15:00:00Z"), "symbol": .string("AAPL"),
        "reason": .string(index % 3 == 0 ? "mother_too_small" : "inside_body_fraction"),
        "numbers": .object(["fraction": .double(0.25), "mother_ts": .string("2025-01-06T14:45:00Z")]),
      ])
    }
  }

  private static func signal(_ status: String, here: Double?, there: Double?, cause: String?) -> JSONValue {
    .object([
      "status": .string(status), "ts": .string("2025-01-06T15:15:00+00:00"), "symbol": .string("AAPL"),
      "side": .string("BUY"), "here": here.map(prices) ?? .null, "there": there.map(prices) ?? .null,
      "differences": .object(
        status == "price_differs"
          ? ["entry_price": .object(["absolute": .double(0.01), "bps": .double(1.25)])] : [:]),
      "cause": cause.map { .object(["kind": .string($0), "text": .string("because of \($0) number 7")]) } ?? .null,
    ])
  }

  private static func prices(_ entry: Double) -> JSONValue {
    .object(["entry_price": .double(entry), "sl": .double(entry - 1), "tp": .double(entry + 2)])
  }

  private static func order(_ entry: Double) -> JSONValue {
    .object([
      "ts": .string("2025-01-06T15:15:00+00:00"), "symbol": .string("AAPL"), "side": .string("SELL"),
      "entry_price": .double(entry),
    ])
  }

  private static func variant(_ factor: Int64, _ bars: Int64, _ status: String, reason: String? = nil) -> JSONValue {
    .object([
      "factor": .integer(factor), "warmup_bars": .integer(bars), "status": .string(status),
      "reason": reason.map(JSONValue.string) ?? .null, "same": .integer(12), "added": .array([]),
      "removed": .array([]), "changed": .array([]),
    ])
  }
}
