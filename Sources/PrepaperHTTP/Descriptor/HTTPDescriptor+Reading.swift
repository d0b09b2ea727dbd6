import PrepaperDomain
package import PrepaperJSON

extension HTTPDescriptor {
  /// The descriptor in a JSON document, read strictly.
  ///
  /// - Parameters:
  ///   - document: the whole file.
  ///   - name: what messages call the source by.
  ///   - file: what errors call the file by.
  /// - Throws: `DescriptorError` for what is missing, wrong or not known.
  package init(_ document: JSONValue, name: String, file: String) throws(DescriptorError) {
    var fields = try DescriptorFields(document, file: file)
    let kind = try fields.text("kind")
    guard kind == "http" else { throw fields.invalid("kind", "must be http, is '\(kind)'") }
    self.name = name
    summary = try fields.optionalText("summary") ?? ""

    url = try Self.url(&fields)
    query = try Self.parameters("query", &fields)
    headers = try Self.headers(&fields)
    symbols = try fields.map("symbols")
    timeframes = try Self.timeframes(&fields)
    var span = try fields.fields("span")
    spanUnit = try span.choice("unit")
    spanEnd = try span.choice("to")
    try span.end()
    try Self.requirePlaceholders(url, query, fields)
    auth = try Self.auth(&fields)

    var records = try fields.fields("records")
    recordsPath = try records.texts("path")
    shape = try records.choice("shape")
    mayBeMissing = try records.flag("may_be_missing")
    try records.end()
    self.fields = try Self.recordFields(&fields)
    var time = try fields.fields("time")
    timeUnit = try time.choice("unit")
    timeZone = try Self.zone(&time, timeUnit)
    label = try time.choice("label")
    dailyTime = try time.choice("daily", default: .localDate)
    try time.end()
    order = try fields.choice("order", default: .ascending)
    paging = try Self.paging(&fields)

    var retry = try fields.fieldsOrNone("retry")
    retryCodes = try Self.retryCodes(&retry)
    firstWait = try retry.seconds("first_wait_seconds", default: 1)
    longestWait = try retry.seconds("longest_wait_seconds", default: 60)
    try retry.end()
    rateLimit = try Self.rateLimit(&fields)
    adjustment = try fields.text("adjustment")
    settling = try fields.seconds("settling_seconds", default: 0, allowsZero: true)
    limits = try Self.limits(&fields)
    try fields.end()
  }

  private static func url(_ fields: inout DescriptorFields) throws(DescriptorError) -> URLTemplate {
    let text = try fields.text("url")
    let allowsHTTP = try fields.flag("allow_http")
    let template = try template(text, "url", fields)
    guard let address = WebAddress(template.filled { _ in "1" }) else {
      throw fields.invalid("url", "must be an https:// URL without user and password")
    }
    // Whatever stands before the path is written out: a symbol must not choose the host.
    let beforePath = text.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).prefix(3).joined()
    guard !beforePath.contains("{") else { throw fields.invalid("url", "has a placeholder before its path") }
    guard !text.contains("?"), !text.contains("#") else {
      throw fields.invalid("url", "has a '?' or '#'; members of the query go into query")
    }
    guard address.scheme == "https" || address.isLoopback || allowsHTTP else {
      throw fields.invalid("url", "must be https; \"allow_http\": true lets keys and bars go in the clear")
    }
    return template
  }

  private static func template(
    _ text: String, _ name: String, _ fields: DescriptorFields
  ) throws(DescriptorError) -> URLTemplate {
    do { return try URLTemplate(text) } catch { throw fields.invalid(name, error.description) }
  }

  private static func parameters(
    _ name: String, _ fields: inout DescriptorFields
  ) throws(DescriptorError) -> [Parameter] {
    var parameters: [Parameter] = []
    for (key, value) in try fields.map(name).sorted(by: { $0.key < $1.key }) {
      parameters.append(Parameter(name: key, value: try template(value, "\(name).\(key)", fields)))
    }
    return parameters
  }

  private static func headers(_ fields: inout DescriptorFields) throws(DescriptorError) -> [Parameter] {
    let headers = try parameters("headers", &fields)
    for header in headers {
      guard isHeaderName(header.name) else { throw fields.invalid("headers.\(header.name)", "is no header's name") }
      guard URLTemplate.Placeholder.allCases.allSatisfy({ !header.value.has($0) }),
        isHeaderValue(header.value.filled { _ in "" })
      else { throw fields.invalid("headers.\(header.name)", "must be one line of plain text") }
    }
    return headers
  }

  private static func isHeaderName(_ text: String) -> Bool {
    !text.isEmpty && percentEncoded(text, keeping: "!#$&'*+^`|") == text
  }

  private static func isHeaderValue(_ text: String) -> Bool { text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f } }

  private static func timeframes(_ fields: inout DescriptorFields) throws(DescriptorError) -> [Timeframe: String] {
    var timeframes: [Timeframe: String] = [:]
    for (key, value) in try fields.map("timeframes").sorted(by: { $0.key < $1.key }) {
      guard let timeframe = Timeframe(rawValue: key) else {
        let known = Timeframe.allCases.map(\.rawValue).joined(separator: ", ")
        throw fields.invalid("timeframes.\(key)", "is no timeframe; there are \(known)")
      }
      timeframes[timeframe] = value
    }
    guard !timeframes.isEmpty else { throw fields.invalid("timeframes", "must name one at least: {\"M1\": \"1Min\"}") }
    return timeframes
  }

  /// Without these the same bars would come whatever was asked for.
  private static func requirePlaceholders(
    _ url: URLTemplate, _ query: [Parameter], _ fields: DescriptorFields
  ) throws(DescriptorError) {
    for placeholder in [URLTemplate.Placeholder.symbol, .from] {
      guard url.has(placeholder) || query.contains(where: { $0.value.has(placeholder) }) else {
        throw fields.invalid("url", "and query have no {\(placeholder.rawValue)}")
      }
    }
  }

  private static func auth(_ fields: inout DescriptorFields) throws(DescriptorError) -> [Authorization] {
    var auth: [Authorization] = []
    for (index, value) in try fields.list("auth").enumerated() {
      var entry = try fields.fields(value, at: index, of: "auth")
      if entry.has("header") {
        let name = try entry.text("header")
        let prefix = try entry.optionalText("prefix") ?? ""
        guard isHeaderName(name) else { throw entry.invalid("header", "must be a header's name") }
        guard isHeaderValue(prefix) else { throw entry.invalid("prefix", "must be one line of plain text") }
        auth.append(.header(name: name, prefix: prefix, secret: try secret("secret", &entry)))
      } else if entry.has("query") {
        auth.append(.query(name: try entry.text("query"), secret: try secret("secret", &entry)))
      } else if entry.has("user") {
        auth.append(.basic(user: try secret("user", &entry), password: try secret("password", &entry)))
      } else {
        throw entry.invalid("header", "is required, or query, or user and password, each of a secret's name")
      }
      try entry.end()
    }
    return auth
  }

  private static func secret(_ name: String, _ entry: inout DescriptorFields) throws(DescriptorError) -> String {
    let secret = try entry.text(name)
    // The text itself is not shown: it may be the key, in the place of its name.
    guard SecretStore.isName(secret) else {
      throw entry.invalid(name, "must be a secret's name of letters, digits and ._-, never the secret itself")
    }
    return secret
  }

  private static func recordFields(_ fields: inout DescriptorFields) throws(DescriptorError) -> Fields {
    var names = try fields.fields("fields")
    let read = Fields(
      time: try names.text("time"), open: try names.text("open"), high: try names.text("high"),
      low: try names.text("low"), close: try names.text("close"), volume: try names.text("volume"))
    try names.end()
    return read
  }

  private static func zone(
    _ time: inout DescriptorFields, _ unit: TimeUnit
  ) throws(DescriptorError) -> MarketTimeZone? {
    guard let name = try time.optionalText("zone") else { return nil }
    guard unit == .rfc3339 else { throw time.invalid("zone", "goes with the unit rfc3339, for texts without one") }
    guard let zone = MarketTimeZone.named(name) else {
      let known = MarketTimeZone.known.map(\.name).joined(separator: ", ")
      throw time.invalid("zone", "must be one of \(known), is '\(name)'")
    }
    return zone
  }

  private static func paging(_ fields: inout DescriptorFields) throws(DescriptorError) -> Paging {
    guard var paging = try fields.optionalFields("paging") else { return .none }
    let read: Paging
    switch try paging.text("kind") {
    case "token":
      read = .token(parameter: try paging.text("parameter"), path: try path(&paging))
    case "next_url":
      read = .nextURL(path: try path(&paging))
    case "range" where paging.has("bars"):
      read = .bars(try paging.integer("bars", in: 1...1_000_000))
    case "range":
      read = .days(try paging.integer("days", in: 1...36_500))
    case let kind:
      throw paging.invalid("kind", "must be token, next_url or range, is '\(kind)'")
    }
    try paging.end()
    return read
  }

  private static func path(_ paging: inout DescriptorFields) throws(DescriptorError) -> [String] {
    let path = try paging.texts("path")
    guard !path.isEmpty else { throw paging.invalid("path", "must name a member") }
    return path
  }

  private static func retryCodes(_ retry: inout DescriptorFields) throws(DescriptorError) -> Set<Int> {
    var codes: Set<Int> = [408, 425, 429]
    for (index, value) in try retry.list("codes").enumerated() {
      guard let code = value.integerValue, (400...599).contains(code) else {
        throw retry.invalid("codes[\(index)]", "must be a status of 400…599")
      }
      codes.insert(Int(code))
    }
    return codes
  }

  private static func rateLimit(_ fields: inout DescriptorFields) throws(DescriptorError) -> RateLimit? {
    guard var headers = try fields.optionalFields("rate_limit") else { return nil }
    let read = RateLimit(
      remaining: try headers.text("remaining"), reset: try headers.text("reset"),
      unit: try headers.choice("reset_is"))
    try headers.end()
    return read
  }

  private static func limits(_ fields: inout DescriptorFields) throws(DescriptorError) -> Limits {
    var given = try fields.fieldsOrNone("limits")
    let limits = Limits(
      connect: try given.seconds("connect_seconds", default: 10),
      request: try given.seconds("request_seconds", default: 30),
      fetch: try given.seconds("fetch_seconds", default: 300),
      pages: try given.integer("pages", default: 1000, in: 1...1_000_000),
      body: try given.integer("body_bytes", default: 64 << 20, in: 1...(1 << 30)))
    try given.end()
    return limits
  }
}
