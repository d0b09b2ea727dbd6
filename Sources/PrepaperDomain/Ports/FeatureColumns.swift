/// Features of one series: a column as long as the series for each, not-a-number where there is none yet.
package struct FeatureColumns: Sendable {
  private let columns: [Feature: [Double]]

  /// These columns.
  package init(_ columns: [Feature: [Double]]) {
    self.columns = columns
  }

  /// The features that there are, by name.
  package var features: [Feature] {
    columns.keys.sorted { $0.description.utf8.lexicographicallyPrecedes($1.description.utf8) }
  }

  /// The column of a feature, or nil where nobody asked for it.
  package subscript(feature: Feature) -> [Double]? { columns[feature] }
}
