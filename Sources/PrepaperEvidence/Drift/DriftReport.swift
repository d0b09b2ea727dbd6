internal import PrepaperArtifacts
package import PrepaperDomain
package import PrepaperJSON

/// A run's signals held against a reference's, decision by decision, each difference with its cause.
package struct DriftReport: Sendable {
  /// The version of `drift.json`.
  package static let schemaVersion = "1.0.0"

  /// Where the reference's signals come from, and whose they are.
  package let kind: DriftReference.Kind
  package let name: RunID
  /// All decisions, by time, symbol and side.
  package let entries: [DriftEntry]

  /// Holds a run against a reference.
  ///
  /// - Parameter tolerance: up to which distance two prices are the same, in price units.
  /// - Throws: `RunError` where the run's files cannot be read.
  package init(_ subject: DriftSubject, _ reference: DriftReference, tolerance: Double = 0) throws(RunError) {
    kind = reference.kind
    name = reference.name
    var causes = DriftCauses(subject, reference)
    let matching = DriftMatching(here: subject.signals, there: reference.signals, tolerance: tolerance)
    var found: [DriftEntry] = []
    var open: [(here: DriftSignal?, there: DriftSignal?)] = []
    for pair in matching.pairs {
      if pair.here.hasPrices(of: pair.there, within: tolerance) {
        found.append(DriftEntry(status: .matched, here: pair.here, there: pair.there, cause: nil))
      } else {
        open.append((pair.here, pair.there))
      }
    }
    for signal in matching.onlyHere {
      if let cause = causes.outsideReference(signal) {
        found.append(DriftEntry(status: .onlyHere, here: signal, there: nil, cause: cause))
      } else {
        open.append((signal, nil))
      }
    }
    for signal in matching.onlyThere {
      if let cause = causes.outside(signal) {
        found.append(DriftEntry(status: .onlyThere, here: nil, there: signal, cause: cause))
      } else {
        open.append((nil, signal))
      }
    }
    // By symbol, so that the bars of one are read once.
    open.sort { left, right in
      let (left, right) = (left.here ?? left.there, right.here ?? right.there)
      return left.map(\.symbol) == right.map(\.symbol)
        ? Self.precedes(left, right) : (left.map { "\($0.symbol)" } ?? "") < (right.map { "\($0.symbol)" } ?? "")
    }
    let twins = Twins(here: open.compactMap { $0.there == nil ? $0.here : nil }, there: matching.onlyThere, tolerance)
    for (here, there) in open {
      let status: DriftEntry.Status = here == nil ? .onlyThere : there == nil ? .onlyHere : .priceDiffers
      let twin = status == .priceDiffers ? nil : twins.twin(of: here ?? there, isHere: here != nil)
      found.append(
        DriftEntry(
          status: status, here: here, there: there, cause: try causes.cause(here: here, there: there, twin: twin)))
    }
    entries = found.sorted { Self.precedes($0.here ?? $0.there, $1.here ?? $1.there) }
  }

  /// How many decisions have a status; those outside of what the run looked at are counted apart.
  package func count(_ status: DriftEntry.Status) -> Int {
    entries.count { $0.status == status && !$0.isOutside }
  }

  /// How many decisions lie outside of what the other one looked at.
  package var outside: Int { entries.count { $0.isOutside } }

  /// How many decisions both could have made.
  package var compared: Int { entries.count - outside }

  /// The share of decisions that are not the same in both, 0 to 1; 0 where there are none.
  package var drift: Double {
    compared == 0 ? 0 : Double(compared - count(.matched)) / Double(compared)
  }

  /// The report as `drift.json` has it.
  package var document: JSONDocument {
    var counts = Dictionary(
      uniqueKeysWithValues: DriftEntry.Status.allCases.map { ($0.rawValue, JSONValue.integer(Int64(count($0)))) })
    counts[DriftEntry.Cause.Kind.outsideWindow.rawValue] = .integer(Int64(outside))
    return .object([
      "schema_version": .value(.string(Self.schemaVersion)),
      "reference": .value(.object(["kind": .string(kind.rawValue), "name": .string(name.description)])),
      "counts": .value(.object(counts)), "drift": .value(.double(drift)),
      "signals": .list(count: entries.count) { entries[$0].json },
    ])
  }

  private static func precedes(_ left: DriftSignal?, _ right: DriftSignal?) -> Bool {
    guard let left, let right else { return right != nil }
    if left.time != right.time { return left.time < right.time }
    if left.symbol != right.symbol { return left.symbol < right.symbol }
    if left.side != right.side { return left.side == .buy }
    return left.entry < right.entry
  }

  /// Finds the same prices at another time nearby, among what only the other one has.
  private struct Twins {
    private struct Key: Hashable {
      let symbol: Symbol
      let side: Side
      let isHere: Bool
    }

    private let signals: [Key: [DriftSignal]]
    private let tolerance: Double

    init(here: [DriftSignal], there: [DriftSignal], _ tolerance: Double) {
      self.tolerance = tolerance
      signals = Dictionary(grouping: here) { Key(symbol: $0.symbol, side: $0.side, isHere: true) }
        .merging(Dictionary(grouping: there) { Key(symbol: $0.symbol, side: $0.side, isHere: false) }) { $1 }
    }

    /// The nearest within a day.
    func twin(of signal: DriftSignal?, isHere: Bool) -> DriftSignal? {
      guard let signal else { return nil }
      let day: Int64 = 86_400
      return signals[Key(symbol: signal.symbol, side: signal.side, isHere: !isHere)]?
        .filter { abs($0.time.seconds - signal.time.seconds) <= day && signal.hasPrices(of: $0, within: tolerance) }
        .min { abs($0.time.seconds - signal.time.seconds) < abs($1.time.seconds - signal.time.seconds) }
    }
  }
}
