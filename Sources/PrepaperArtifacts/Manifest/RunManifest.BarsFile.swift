package import PrepaperDomain
import PrepaperJSON

extension RunManifest {
  /// One file of bars that the run saw.
  package struct BarsFile: Hashable, Sendable {
    package let symbol: Symbol
    /// Relative to the run's directory.
    package let path: String
    package let rows: Int
    package let sha256: String

    /// A file of that many rows.
    package init(symbol: Symbol, path: String, rows: Int, sha256: String) {
      self.symbol = symbol
      self.path = path
      self.rows = rows
      self.sha256 = sha256
    }

    /// A file of bars as a manifest lists it; none is one whose path leads elsewhere.
    init(_ json: JSONValue, at place: String) throws(JSONFault) {
      let members = try JSONMembers(json, at: place, required: ["symbol", "path", "rows", "sha256"])
      let symbol = try members.symbol("symbol")
      self.symbol = symbol
      path = try members.parsed("path", "bars/\(symbol).TIMEFRAME.csv") { path in
        Timeframe.allCases.contains { path == "bars/\(symbol).\($0.rawValue).csv" } ? path : nil
      }
      rows = try members.integer("rows", in: 0 ... .max)
      sha256 = try members.text("sha256")
    }

    /// The file as a manifest lists it.
    var json: JSONValue {
      .object([
        "symbol": .string(symbol.description), "path": .string(path), "rows": .integer(Int64(rows)),
        "sha256": .string(sha256),
      ])
    }

    /// SHA-256 over the sorted lines `SYMBOL sha256-of-its-bars-file` of some files.
    package static func hash(of files: [BarsFile]) -> String {
      sha256Hex(files.map { "\($0.symbol) \($0.sha256)\n" }.sorted(by: precedesByBytes).joined())
    }
  }
}
