import PrepaperDomain

/// Which URL is asked for next: a small machine that moves on with each page, or says why it cannot.
struct PageRequests {
  /// The stretch of time and the place in it that the next request is for; nil when all is asked for.
  private(set) var next: WebAddress?

  private let descriptor: HTTPDescriptor
  private let credentials: Credentials
  private let vendorSymbol: String
  private let timeframe: Timeframe
  private let calendar: any MarketCalendar
  private let end: UTCTimestamp
  private var stretch: TimeSpan
  private var seen: Set<String> = []
  private var emptyPages = 0

  /// The requests for a span that is not empty.
  init(
    _ descriptor: HTTPDescriptor, _ credentials: Credentials, symbol: Symbol, timeframe: Timeframe,
    calendar: any MarketCalendar, span: TimeSpan
  ) throws(RunError) {
    self.descriptor = descriptor
    self.credentials = credentials
    vendorSymbol = descriptor.vendorSymbol(symbol)
    self.timeframe = timeframe
    self.calendar = calendar
    end = span.to
    stretch = Self.stretch(from: span.from, to: span.to, descriptor, timeframe)
    next = try address(token: nil)
  }

  /// Moves on behind a page.
  ///
  /// - Throws: `RunError` with `bars_invalid` where the page leads nowhere new, with `provider_refused` where it leads
  ///   to another host.
  mutating func moveOn(behind page: Page, from address: WebAddress, hasNewBars: Bool) throws(RunError) {
    switch descriptor.paging {
    case .none:
      next = nil
    case .bars, .days:
      guard stretch.to < end else { return next = nil }
      stretch = Self.stretch(from: stretch.to, to: end, descriptor, timeframe)
      next = try self.address(token: nil)
    case .token:
      guard let token = try newPlace(page, hasNewBars) else { return next = nil }
      next = try self.address(token: token)
    case .nextURL:
      guard let text = try newPlace(page, hasNewBars) else { return next = nil }
      next = try authorized(text, from: address, called: "the next page")
    }
  }

  /// The address that a server names, with the secrets of the query added.
  ///
  /// - Throws: `RunError` with `provider_refused` where it is on another host: that must not get the secrets.
  func authorized(_ text: String, from address: WebAddress, called words: String) throws(RunError) -> WebAddress {
    guard let named = WebAddress(text, seenFrom: address) else {
      throw RunError(.providerRefused, "\(words) is at no address that is understood")
    }
    guard named.isSameOrigin(as: address) else {
      throw RunError(
        .providerRefused,
        "\(words) is at \(named.shown), another host than that of \(address.shown); it is not followed")
    }
    return try whole(named.adding(credentials.query.filter { !named.queryNames.contains($0.name) }.map(\.member)))
  }

  /// The token or URL behind a page, nil at the end.
  private mutating func newPlace(_ page: Page, _ hasNewBars: Bool) throws(RunError) -> String? {
    guard let place = page.next else { return nil }
    guard seen.insert(place).inserted else {
      throw RunError(.barsInvalid, "the page does not move on: what leads to the next one has led to it before")
    }
    emptyPages = page.records.isEmpty ? emptyPages + 1 : 0
    // A page that is empty may be followed by a full one; a few of them are borne.
    guard hasNewBars || page.records.isEmpty && emptyPages <= 3 else {
      throw RunError(.barsInvalid, "the page does not move on: it has no new bar, and leads to another one")
    }
    return place
  }

  private func address(token: String?) throws(RunError) -> WebAddress {
    let times = RequestTimes(
      stretch, timeframe: timeframe, calendar: calendar, unit: descriptor.spanUnit, end: descriptor.spanEnd,
      label: descriptor.label)
    func value(_ placeholder: URLTemplate.Placeholder) -> String {
      switch placeholder {
      case .symbol: vendorSymbol
      case .timeframe: descriptor.timeframes[timeframe] ?? timeframe.rawValue
      case .from: times.first
      case .to: times.end
      }
    }
    // The author of a descriptor may write `5/minute` for a path; a symbol's slash is never one.
    let path = descriptor.url.filled { percentEncoded(value($0), keeping: $0 == .timeframe ? "/" : "") }
    var members = descriptor.query.map { "\(percentEncoded($0.name))=\(percentEncoded($0.value.filled(value)))" }
    if case .token(let parameter, _) = descriptor.paging, let token {
      members.append("\(percentEncoded(parameter))=\(percentEncoded(token))")
    }
    members += credentials.query.map(\.member)
    return try whole(path + (members.isEmpty ? "" : "?" + members.joined(separator: "&")))
  }

  private func whole(_ text: String) throws(RunError) -> WebAddress {
    guard let address = WebAddress(text) else {
      throw RunError(.providerRefused, "the URL template does not make a URL for \(vendorSymbol)")
    }
    return address
  }

  private static func stretch(
    from: UTCTimestamp, to: UTCTimestamp, _ descriptor: HTTPDescriptor, _ timeframe: Timeframe
  ) -> TimeSpan {
    let length: Duration? =
      switch descriptor.paging {
      case .bars(let count): timeframe.duration * count
      case .days(let count): .seconds(86_400) * count
      case .none, .token, .nextURL: nil
      }
    return TimeSpan(from: from, to: length.map { min(to, from + $0) } ?? to)
  }
}

/// The text for a URL: letters, digits, `-._~` and what is to be kept as they are, all other bytes as `%XX`.
func percentEncoded(_ text: String, keeping kept: String = "", digits: String = "0123456789ABCDEF") -> String {
  let digits = Array(digits.utf8)
  var bytes: [UInt8] = []
  for byte in text.utf8 {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      bytes.append(byte)
    default:
      if "-._~".utf8.contains(byte) || kept.utf8.contains(byte) {
        bytes.append(byte)
      } else {
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}
