import PrepaperDomain
package import PrepaperJSON

extension RunDefinition.BarsFile {
  /// A file of bars as a manifest lists it; nil where it is none, above all where its path leads elsewhere.
  package init?(_ json: JSONValue) {
    guard let symbol = json["symbol"]?.stringValue.flatMap(Symbol.init), let path = json["path"]?.stringValue,
      let rows = json["rows"]?.integerValue, let sha256 = json["sha256"]?.stringValue,
      Timeframe.allCases.contains(where: { path == "bars/\(symbol).\($0.rawValue).csv" })
    else { return nil }
    self.init(symbol: symbol, path: path, rows: Int(rows), sha256: sha256)
  }
}
