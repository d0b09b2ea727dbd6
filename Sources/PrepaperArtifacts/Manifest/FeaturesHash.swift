package import PrepaperDomain
import PrepaperJSON

/// The digests of a run's features, symbol by symbol.
package struct FeaturesHash: Sendable {
  private var lines: [String] = []

  /// No features yet.
  package init() {}

  /// Adds the columns of a symbol.
  package mutating func add(_ columns: FeatureColumns, of symbol: Symbol) {
    for feature in columns.features {
      guard let column = columns[feature] else { continue }
      var bytes: [UInt8] = []
      bytes.reserveCapacity(column.count * 20)
      for value in column {
        if value.isFinite { CanonicalJSON.append(value, to: &bytes) }
        bytes.append(UInt8(ascii: "\n"))
      }
      lines.append("\(symbol) \(feature) \(sha256Hex(bytes))\n")
    }
  }

  /// SHA-256 over the sorted lines `SYMBOL feature sha256-of-its-column`, of a column's values one per line in
  /// canonical form, an empty line where there is no value.
  package var hex: String { sha256Hex(lines.sorted(by: precedesByBytes).joined()) }
}
