import PrepaperDomain
import PrepaperJSON

/// One decision of a run, of its reference, or of both.
package struct DriftEntry: Hashable, Sendable {
  /// What became of it.
  package enum Status: String, CaseIterable, Sendable {
    case matched
    case priceDiffers = "price_differs"
    case onlyHere = "only_here"
    case onlyThere = "only_there"
  }

  /// Why it is not the same, as far as it can be told.
  package struct Cause: Hashable, Sendable {
    package enum Kind: String, Sendable {
      case barsDiffer = "bars_differ"
      case barRevised = "bar_revised"
      case hole
      case parameterDiffers = "parameter_differs"
      case outsideWindow = "outside_window"
      /// The reference knew a bar before it was there.
      case barNotThereYet = "bar_not_there_yet"
      /// It was seen here and not taken, by a rule.
      case rejected
      case unknown
    }

    package let kind: Kind
    /// What exactly, in words.
    package let text: String
  }

  package let status: Status
  /// As the run has it, and as the reference has it.
  package let here, there: DriftSignal?
  /// Nil where it is matched.
  package let cause: Cause?

  /// Whether it lies outside of what the other one looked at: no drift.
  package var isOutside: Bool { cause?.kind == .outsideWindow }

  /// Which prices differ, and by how much: of the reference's, in price units.
  package var differences: [(name: String, absolute: Double?, basisPoints: Double?)] {
    guard status == .priceDiffers, let here, let there else { return [] }
    return zip(here.prices, there.prices).compactMap { left, right in
      guard left.value != right.value else { return nil }
      guard let mine = left.value, let theirs = right.value else { return (left.name, nil, nil) }
      let difference = mine - theirs
      return (left.name, difference, theirs == 0 ? nil : (difference / theirs * 1e6).rounded() / 100)
    }
  }

  /// The entry as `drift.json` has it.
  var json: JSONValue {
    let signal = here ?? there
    return .object([
      "status": .string(status.rawValue), "ts": signal.map { .string($0.time.iso8601) } ?? .null,
      "symbol": signal.map { .string($0.symbol.description) } ?? .null,
      "side": signal.map { .string($0.side.rawValue) } ?? .null, "here": here?.json ?? .null,
      "there": there?.json ?? .null,
      "differences": .object(
        Dictionary(
          uniqueKeysWithValues: differences.map { difference in
            (
              difference.name,
              .object([
                "absolute": difference.absolute.map(JSONValue.double) ?? .null,
                "bps": difference.basisPoints.map(JSONValue.double) ?? .null,
              ])
            )
          })),
      "cause": cause.map { .object(["kind": .string($0.kind.rawValue), "text": .string($0.text)]) } ?? .null,
    ])
  }
}
