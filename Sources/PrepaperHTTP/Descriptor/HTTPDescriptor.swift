import PrepaperDomain

/// How bars are asked for and read from one vendor's HTTP interface.
///
/// It is read from JSON by `init(_:name:file:)`; the three that ship are in `Descriptors`.
package struct HTTPDescriptor: Sendable {
  /// The unit of a time: in a record, or in a request.
  enum TimeUnit: String, CaseIterable, Sendable {
    case s, ms, us, ns, rfc3339
  }

  /// The unit of the times in a request.
  enum SpanUnit: String, CaseIterable, Sendable {
    case s, ms, us, ns, rfc3339, date
  }

  /// Whether a request's last time belongs to what is asked for.
  enum SpanEnd: String, CaseIterable, Sendable {
    case included, excluded
  }

  /// Which end of a bar its time is.
  enum Label: String, CaseIterable, Sendable {
    case open, close
  }

  /// What a daily bar's time tells its session's date by.
  enum DailyTime: String, CaseIterable, Sendable {
    /// The date that the calendar's zone has at that instant.
    case localDate = "local_date"
    /// The date that UTC has at that instant.
    case utcDate = "utc_date"
  }

  /// How the records stand at their path.
  enum Shape: String, CaseIterable, Sendable {
    case list
    /// An object of lists, by the vendor's symbol.
    case bySymbol = "by_symbol"
  }

  /// How the records follow each other.
  enum Order: String, CaseIterable, Sendable {
    case ascending
    /// They are sorted here.
    case any
  }

  /// What a header of rate limits counts.
  enum ResetUnit: String, CaseIterable, Sendable {
    case epochSeconds = "epoch_seconds"
    case secondsFromNow = "seconds_from_now"
  }

  /// Where a secret goes.
  enum Authorization: Sendable {
    case header(name: String, prefix: String, secret: String)
    case query(name: String, secret: String)
    case basic(user: String, password: String)
  }

  /// How the next page is found.
  enum Paging: Sendable {
    case none
    case token(parameter: String, path: [String])
    case nextURL(path: [String])
    case bars(Int)
    case days(Int)
  }

  /// Members of a request's query or headers, in the order of their names.
  struct Parameter: Sendable {
    let name: String
    let value: URLTemplate
  }

  /// Which member of a record is which number.
  struct Fields: Sendable {
    let time, open, high, low, close, volume: String
  }

  /// Headers that say how much may still be asked.
  struct RateLimit: Sendable {
    let remaining, reset: String
    let unit: ResetUnit
  }

  /// What a fetch may take.
  struct Limits: Sendable {
    let connect, request, fetch: Duration
    let pages, body: Int
  }

  /// The name that messages call the source by.
  package let name: String
  /// What it is for, in one line.
  package let summary: String
  let url: URLTemplate
  let query: [Parameter]
  let headers: [Parameter]
  let symbols: [String: String]
  let timeframes: [Timeframe: String]
  let spanUnit: SpanUnit
  let spanEnd: SpanEnd
  let auth: [Authorization]
  let recordsPath: [String]
  let shape: Shape
  let mayBeMissing: Bool
  let fields: Fields
  let timeUnit: TimeUnit
  let timeZone: MarketTimeZone?
  let label: Label
  let dailyTime: DailyTime
  let order: Order
  let paging: Paging
  let retryCodes: Set<Int>
  let firstWait, longestWait: Duration
  let rateLimit: RateLimit?
  /// How the prices are adjusted, a word for the provenance.
  package let adjustment: String
  let settling: Duration
  let limits: Limits

  /// The names of the secrets that a request needs.
  package var secretNames: [String] {
    auth.flatMap { authorization in
      switch authorization {
      case .header(_, _, let secret), .query(_, let secret): [secret]
      case .basic(let user, let password): [user, password]
      }
    }
  }

  /// The timeframes that the vendor has, shortest first.
  package var timeframeNames: [String] { timeframes.keys.sorted { $0.minutes < $1.minutes }.map(\.rawValue) }

  /// The vendor's name of a symbol.
  func vendorSymbol(_ symbol: Symbol) -> String { symbols[symbol.description] ?? symbol.description }

  /// The timeframe to ask for: the wanted one if the vendor has it, else the longest that builds it; nil without any.
  func timeframe(wanted: Timeframe, base: Timeframe?) -> Timeframe? {
    if let base { return timeframes[base] == nil ? nil : base }
    return timeframes.keys.filter { wanted.isMultiple(of: $0) }.max { $0.minutes < $1.minutes }
  }
}
