package import PrepaperDomain
import PrepaperJSON
internal import Synchronization

/// What a vendor has: it answers by symbol and span, a few bars on a page, with a token for the next.
package final class Stock: Sendable {
  /// How many bars are on a page.
  package static let pageLength = 37

  private let series = Mutex<[BarSeries]>([])

  /// A vendor that has nothing yet.
  package init() {}

  /// Takes these in the place of what there was.
  package func put(_ series: [BarSeries]) {
    self.series.withLock { $0 = series }
  }

  /// The page that a request asks for.
  package func answer(_ request: VendorRequest) -> VendorReply {
    let query = request.query
    guard let timeframe = Timeframe(rawValue: query["tf"] ?? ""),
      let series = series.withLock({ all in
        all.first { $0.symbol.description == query["symbol"] && $0.timeframe == timeframe }
      })
    else { return .json(#"{"message": "no such symbol"}"#, status: 404) }
    guard let from = Int64(query["from"] ?? ""), let to = Int64(query["to"] ?? "") else {
      return .json("{}", status: 400)
    }
    let wanted = (0..<series.count).map { series[$0] }
      .filter { (from..<to).contains($0.time.microseconds / 1_000_000) }
    let start = Int(query["token"] ?? "0") ?? 0
    let page = wanted.dropFirst(start).prefix(Self.pageLength)
    let next = start + page.count < wanted.count ? "\"\(start + page.count)\"" : "null"
    let records = page.map { bar in
      """
      {"t":\(bar.time.microseconds / 1_000_000),"o":\(bar.open),"h":\(bar.high),"l":\(bar.low),"c":\(bar.close),\
      "v":\(bar.volume)}
      """
    }
    return .json(#"{"bars":[\#(records.joined(separator: ","))],"next":\#(next)}"#)
  }

  /// How it is asked.
  ///
  /// - Parameter more: members in JSON, each after a comma.
  package static func descriptor(_ vendor: Vendor, _ more: String = "") -> String {
    """
    {"kind": "http", "url": "\(vendor.url("/bars"))",
     "query": {"symbol": "{symbol}", "tf": "{timeframe}", "from": "{from}", "to": "{to}"},
     "timeframes": {"M1": "M1", "D1": "D1"}, "span": {"unit": "s", "to": "excluded"},
     "records": {"path": ["bars"], "shape": "list"},
     "fields": {"time": "t", "open": "o", "high": "h", "low": "l", "close": "c", "volume": "v"},
     "time": {"unit": "s", "label": "open", "daily": "utc_date"},
     "paging": {"kind": "token", "parameter": "token", "path": ["next"]}, "adjustment": "split"\(more)}
    """
  }
}
