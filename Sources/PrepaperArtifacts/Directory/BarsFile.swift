package import PrepaperDomain

/// The bars that a run saw as CSV: `ts,open,high,low,close,volume`, UTC `Z` seconds, canonical doubles, final newline.
package func barsFileBytes(_ series: BarSeries) -> [UInt8] {
  var bytes = Array("ts,open,high,low,close,volume\n".utf8)
  bytes.reserveCapacity(bytes.count + series.count * 64)
  for index in 0..<series.count {
    bytes.append(contentsOf: series.time[index].rfc3339.utf8)
    for value in [
      series.open[index], series.high[index], series.low[index], series.close[index], series.volume[index],
    ] {
      bytes.append(UInt8(ascii: ","))
      bytes.append(contentsOf: CanonicalJSON.number(value).utf8)
    }
    bytes.append(UInt8(ascii: "\n"))
  }
  return bytes
}
