package import PrepaperJSON

/// The numbers behind a decision, by name: kept as they are, and made into JSON only where somebody reads them.
package struct Facts: Hashable, Sendable {
  /// One of them.
  package enum Value: Sendable {
    /// A number; one that is not finite is null.
    case number(Double)
    /// An instant.
    case instant(UTCTimestamp)
  }

  private enum Storage: Sendable {
    case members([String: JSONValue])
    case values([Value], names: [String])
  }

  private let storage: Storage

  /// These facts as JSON.
  package init(_ members: [String: JSONValue]) {
    storage = .members(members)
  }

  /// These values by these names, of which there must be as many.
  package init(_ values: [Value], names: [String]) {
    precondition(values.count == names.count, "each fact has a name")
    storage = .values(values, names: names)
  }

  /// The facts as JSON, by name.
  package var members: [String: JSONValue] {
    switch storage {
    case .members(let members): members
    case .values(let values, let names):
      Dictionary(zip(names, values.map(\.json)), uniquingKeysWith: { first, _ in first })
    }
  }

  /// Equal is what reads the same, however it is kept.
  package static func == (left: Facts, right: Facts) -> Bool { left.members == right.members }

  package func hash(into hasher: inout Hasher) { hasher.combine(members) }
}

extension Facts.Value {
  fileprivate var json: JSONValue {
    switch self {
    case .number(let number): number.isFinite ? .double(number) : .null
    case .instant(let instant): .string(instant.rfc3339)
    }
  }
}
