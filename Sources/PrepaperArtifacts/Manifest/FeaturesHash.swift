package import PrepaperDomain

/// SHA-256 over the sorted lines `SYMBOL feature sha256-of-its-column`, of a column's values one per line in canonical
/// form, an empty line where there is no value.
package func featuresHash(_ columns: [(symbol: Symbol, columns: FeatureColumns)]) -> String {
  var lines: [String] = []
  for (symbol, columns) in columns {
    for feature in columns.features {
      guard let column = columns[feature] else { continue }
      var bytes: [UInt8] = []
      for value in column {
        if value.isFinite { bytes.append(contentsOf: CanonicalJSON.number(value).utf8) }
        bytes.append(UInt8(ascii: "\n"))
      }
      lines.append("\(symbol) \(feature) \(sha256Hex(bytes))\n")
    }
  }
  return sha256Hex(lines.sorted(by: precedesByBytes).joined())
}
