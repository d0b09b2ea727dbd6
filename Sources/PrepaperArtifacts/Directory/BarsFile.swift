package import PrepaperDomain

/// The bars that a run saw as CSV: `ts,open,high,low,close,volume`, UTC `Z` seconds, canonical doubles, final newline.
package func barsFileBytes(_ series: BarSeries) -> [UInt8] {
  var bytes = Array("ts,open,high,low,close,volume\n".utf8)
  bytes.reserveCapacity(bytes.count + series.count * 64)
  let columns = [series.open, series.high, series.low, series.close, series.volume]
  for index in 0..<series.count {
    series.time[index].appendRFC3339(to: &bytes)
    for column in columns {
      bytes.append(UInt8(ascii: ","))
      CanonicalJSON.append(column[index], to: &bytes)
    }
    bytes.append(UInt8(ascii: "\n"))
  }
  return bytes
}
