package import PrepaperJSON

/// Where bars come from, in words that are the same on every machine: no path, no host.
package struct BarsProvenance: Hashable, Sendable {
  /// `fake` or `real`.
  package let provider: String
  /// The kind of source: `synthetic`, `csv`.
  package let source: String
  /// How prices are adjusted for splits and dividends, as far as the source says.
  package let adjustment: String
  /// Whether the bars were made up.
  package let isSynthetic: Bool

  /// A provenance of these parts.
  package init(provider: String, source: String, adjustment: String, isSynthetic: Bool) {
    self.provider = provider
    self.source = source
    self.adjustment = adjustment
    self.isSynthetic = isSynthetic
  }

  /// The provenance as the manifest has it.
  package var json: JSONValue {
    .object(dropping: [
      "name": .string(provider), "source": .string(source), "adjustment": .string(adjustment),
      "synthetic": isSynthetic ? .bool(true) : nil,
    ])
  }
}
