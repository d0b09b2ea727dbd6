/// Which features of which bars are wanted.
package struct FeaturesRequest: Sendable {
  /// The bars that the strategy sees.
  package let series: BarSeries
  /// The features.
  package let features: [Feature]

  /// A request of these parts.
  package init(series: BarSeries, features: [Feature]) {
    self.series = series
    self.features = features
  }
}
