import PrepaperDomain
package import PrepaperJSON

/// What came of executing a run again.
package struct ProofVerdict: Hashable, Sendable {
  /// More than these are not listed.
  private static let mostChanges = 50

  /// Members of the definition that came out another way; none where all of it is the same.
  package let changes: [JSONChange]
  /// What came of its signals without the bars after them; nil where they were not tried.
  package let lookahead: LookaheadVerdict?

  /// A verdict of these parts.
  package init(changes: [JSONChange], lookahead: LookaheadVerdict?) {
    self.changes = Array(changes.prefix(Self.mostChanges))
    self.lookahead = lookahead
  }

  /// The verdict for another process.
  package var json: JSONValue {
    .object(["changes": .array(changes.map(\.json)), "lookahead": lookahead?.json ?? .null])
  }

  /// The verdict of another process, or nil where it is none.
  package init?(_ json: JSONValue) {
    guard let items = json["changes"]?.items, let lookahead = json["lookahead"] else { return nil }
    let changes = items.compactMap(JSONChange.init)
    let verdict = LookaheadVerdict(lookahead)
    guard changes.count == items.count, lookahead == .null || verdict != nil else { return nil }
    self.init(changes: changes, lookahead: verdict)
  }
}

extension JSONChange {
  fileprivate init?(_ json: JSONValue) {
    guard let path = json["path"]?.stringValue, let before = json["before"], let after = json["after"] else {
      return nil
    }
    self.init(path: path, before: before == .null ? nil : before, after: after == .null ? nil : after)
  }
}
