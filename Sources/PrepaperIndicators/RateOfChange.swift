/// The change of each value since `period` values before, as a share; not-a-number for the first `period`.
package func change(of values: [Double], period: Int) -> [Double] {
  values.indices.map { $0 < period ? .nan : values[$0] / values[$0 - period] - 1 }
}

/// The change of each value since `period` values before, in percent; not-a-number for the first `period`.
package func rateOfChange(of values: [Double], period: Int) -> [Double] {
  change(of: values, period: period).map { 100 * $0 }
}
