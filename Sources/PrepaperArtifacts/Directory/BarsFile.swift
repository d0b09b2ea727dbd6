package import PrepaperDomain
import PrepaperJSON

/// The bars that a run saw as CSV: `ts,open,high,low,close,volume`, UTC `Z` seconds, canonical doubles, final newline.
///
/// - Parameter write: gets the file's bytes piece by piece.
/// - Throws: what `write` throws.
package func writeBarsFile<Failure>(
  _ series: BarSeries, write: ([UInt8]) throws(Failure) -> Void
) throws(Failure) {
  let pieceLength = 1 << 16
  var bytes = Array("ts,open,high,low,close,volume\n".utf8)
  bytes.reserveCapacity(pieceLength + 256)
  let columns = [series.open, series.high, series.low, series.close, series.volume]
  for index in 0..<series.count {
    series.time[index].appendRFC3339(to: &bytes)
    for column in columns {
      bytes.append(UInt8(ascii: ","))
      CanonicalJSON.append(column[index], to: &bytes)
    }
    bytes.append(UInt8(ascii: "\n"))
    if bytes.count >= pieceLength {
      try write(bytes)
      bytes.removeAll(keepingCapacity: true)
    }
  }
  try write(bytes)
}

/// All bytes of the file of bars that `writeBarsFile` writes.
package func barsFileBytes(_ series: BarSeries) -> [UInt8] {
  var bytes: [UInt8] = []
  writeBarsFile(series) { bytes += $0 }
  return bytes
}
