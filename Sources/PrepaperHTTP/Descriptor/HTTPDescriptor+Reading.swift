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
    do throws(JSONFault) {
      try self.init(document, name: name)
    } catch {
      throw DescriptorError(file, error.description)
    }
  }

  private init(_ document: JSONValue, name: String) throws(JSONFault) {
    let open = try JSONMembers(document, optional: ["kind"], isOpen: true, refusesNull: true)
    if let kind = try open.optionalText("kind"), kind != "http" {
      throw open.fault("kind", "must be http, is '\(kind.shown(limit: 40))'")
    }
    let members = try open.only(
      required: ["kind", "url", "timeframes", "span", "records", "fields", "time", "adjustment"],
      optional: [
        "summary", "allow_http", "query", "headers", "symbols", "auth", "order", "paging", "retry", "rate_limit",
        "settling_seconds", "limits",
      ])
    self.name = name
    summary = try members.optionalText("summary", allowsEmpty: true) ?? ""

    url = try Self.url(members)
    query = try Self.parameters("query", members)
    headers = try Self.headers(members)
    symbols = try members.has("symbols") ? members.textsByName("symbols") : [:]
    timeframes = try Self.timeframes(members)
    let span = try members.object("span", required: ["unit", "to"])
    spanUnit = try span.choice("unit")
    spanEnd = try span.choice("to")
    try Self.requirePlaceholders(url, query, members)
    auth = try Self.auth(members)

    let records = try members.object("records", required: ["path", "shape"], optional: ["may_be_missing"])
    recordsPath = try records.texts("path")
    shape = try records.choice("shape")
    mayBeMissing = try records.optionalFlag("may_be_missing") ?? false
    fields = try Self.recordFields(members)
    let time = try members.object("time", required: ["unit", "label"], optional: ["zone", "daily"])
    timeUnit = try time.choice("unit")
    timeZone = try Self.zone(time, timeUnit)
    label = try time.choice("label")
    dailyTime = try time.optionalChoice("daily") ?? .localDate
    order = try members.optionalChoice("order") ?? .ascending
    paging = try Self.paging(members)

    let retry = try members.optionalObject("retry", optional: ["codes", "first_wait_seconds", "longest_wait_seconds"])
    retryCodes = try Self.retryCodes(retry)
    firstWait = try retry?.optionalSeconds("first_wait_seconds") ?? .seconds(1)
    longestWait = try retry?.optionalSeconds("longest_wait_seconds") ?? .seconds(60)
    rateLimit = try Self.rateLimit(members)
    adjustment = try members.text("adjustment")
    settling = try members.optionalSeconds("settling_seconds", allowsZero: true) ?? .zero
    limits = try Self.limits(members)
  }

  private static func url(_ members: JSONMembers) throws(JSONFault) -> URLTemplate {
    let text = try members.text("url")
    let allowsHTTP = try members.optionalFlag("allow_http") ?? false
    let template = try template(text, "url", members)
    guard let address = WebAddress(template.filled { _ in "1" }) else {
      throw members.fault("url", "must be an https:// URL without user and password")
    }
    // Whatever stands before the path is written out: a symbol must not choose the host.
    let beforePath = text.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).prefix(3).joined()
    guard !beforePath.contains("{") else { throw members.fault("url", "has a placeholder before its path") }
    guard !text.contains("?"), !text.contains("#") else {
      throw members.fault("url", "has a '?' or '#'; members of the query go into query")
    }
    guard address.scheme == "https" || address.isLoopback || allowsHTTP else {
      throw members.fault("url", "must be https; \"allow_http\": true lets keys and bars go in the clear")
    }
    return template
  }

  private static func template(
    _ text: String, _ name: String, _ members: JSONMembers
  ) throws(JSONFault) -> URLTemplate {
    do { return try URLTemplate(text) } catch { throw members.fault(name, error.description) }
  }

  private static func parameters(
    _ name: String, _ members: JSONMembers
  ) throws(JSONFault) -> [Parameter] {
    var parameters: [Parameter] = []
    guard members.has(name) else { return [] }
    for (key, value) in try members.textsByName(name).sorted(by: { $0.key < $1.key }) {
      parameters.append(Parameter(name: key, value: try template(value, "\(name).\(key)", members)))
    }
    return parameters
  }

  private static func headers(_ members: JSONMembers) throws(JSONFault) -> [Parameter] {
    let headers = try parameters("headers", members)
    for header in headers {
      guard isHeaderName(header.name) else { throw members.fault("headers.\(header.name)", "is no header's name") }
      guard URLTemplate.Placeholder.allCases.allSatisfy({ !header.value.has($0) }),
        isHeaderValue(header.value.filled { _ in "" })
      else { throw members.fault("headers.\(header.name)", "must be one line of plain text") }
    }
    return headers
  }

  private static func isHeaderName(_ text: String) -> Bool {
    !text.isEmpty && percentEncoded(text, keeping: "!#$&'*+^`|") == text
  }

  private static func isHeaderValue(_ text: String) -> Bool { text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f } }

  private static func timeframes(_ members: JSONMembers) throws(JSONFault) -> [Timeframe: String] {
    var timeframes: [Timeframe: String] = [:]
    for (key, value) in try members.textsByName("timeframes").sorted(by: { $0.key < $1.key }) {
      guard let timeframe = Timeframe(rawValue: key) else {
        let known = Timeframe.allCases.map(\.rawValue).joined(separator: ", ")
        throw members.fault("timeframes.\(key)", "is no timeframe; there are \(known)")
      }
      timeframes[timeframe] = value
    }
    guard !timeframes.isEmpty else { throw members.fault("timeframes", "must name one at least: {\"M1\": \"1Min\"}") }
    return timeframes
  }

  /// Without these the same bars would come whatever was asked for.
  private static func requirePlaceholders(
    _ url: URLTemplate, _ query: [Parameter], _ members: JSONMembers
  ) throws(JSONFault) {
    for placeholder in [URLTemplate.Placeholder.symbol, .from] {
      guard url.has(placeholder) || query.contains(where: { $0.value.has(placeholder) }) else {
        throw members.fault("url", "and query have no {\(placeholder.rawValue)}")
      }
    }
  }

  private static func auth(_ members: JSONMembers) throws(JSONFault) -> [Authorization] {
    var auth: [Authorization] = []
    for item in try members.optionalList("auth") ?? [] {
      let open = try JSONMembers(item.value, at: item.place, isOpen: true, refusesNull: true)
      if open.has("header") {
        let entry = try open.only(required: ["header", "secret"], optional: ["prefix"])
        let name = try entry.text("header")
        let prefix = try entry.optionalText("prefix", allowsEmpty: true) ?? ""
        guard isHeaderName(name) else { throw entry.fault("header", "must be a header's name") }
        guard isHeaderValue(prefix) else { throw entry.fault("prefix", "must be one line of plain text") }
        auth.append(.header(name: name, prefix: prefix, secret: try secret("secret", entry)))
      } else if open.has("query") {
        let entry = try open.only(required: ["query", "secret"])
        auth.append(.query(name: try entry.text("query"), secret: try secret("secret", entry)))
      } else if open.has("user") {
        let entry = try open.only(required: ["user", "password"])
        auth.append(.basic(user: try secret("user", entry), password: try secret("password", entry)))
      } else {
        throw open.fault("header", "is missing, or query, or user and password, each of a secret's name")
      }
    }
    return auth
  }

  private static func secret(_ name: String, _ entry: JSONMembers) throws(JSONFault) -> String {
    let secret = try entry.text(name)
    // The text itself is not shown: it may be the key, in the place of its name.
    guard SecretStore.isName(secret) else {
      throw entry.fault(name, "must be a secret's name of letters, digits and ._-, never the secret itself")
    }
    return secret
  }

  private static func recordFields(_ members: JSONMembers) throws(JSONFault) -> Fields {
    let names = try members.object("fields", required: ["time", "open", "high", "low", "close", "volume"])
    return Fields(
      time: try names.text("time"), open: try names.text("open"), high: try names.text("high"),
      low: try names.text("low"), close: try names.text("close"), volume: try names.text("volume"))
  }

  private static func zone(_ time: JSONMembers, _ unit: TimeUnit) throws(JSONFault) -> MarketTimeZone? {
    guard let name = try time.optionalText("zone") else { return nil }
    guard unit == .rfc3339 else { throw time.fault("zone", "goes with the unit rfc3339, for texts without one") }
    let known = MarketTimeZone.known.map(\.name).joined(separator: ", ")
    guard let zone = MarketTimeZone.named(name) else {
      throw time.fault("zone", "must be one of \(known), is '\(name.shown(limit: 40))'")
    }
    return zone
  }

  private static func paging(_ members: JSONMembers) throws(JSONFault) -> Paging {
    guard let open = try members.optionalObject("paging", required: ["kind"], isOpen: true) else { return .none }
    switch try open.text("kind") {
    case "token":
      let paging = try open.only(required: ["kind", "parameter", "path"])
      return .token(parameter: try paging.text("parameter"), path: try path(paging))
    case "next_url":
      return .nextURL(path: try path(open.only(required: ["kind", "path"])))
    case "range" where open.has("bars"):
      return .bars(try open.only(required: ["kind", "bars"]).integer("bars", in: 1...1_000_000))
    case "range":
      return .days(try open.only(required: ["kind", "days"]).integer("days", in: 1...36_500))
    case let kind:
      throw open.fault("kind", "must be token, next_url or range, is '\(kind.shown(limit: 40))'")
    }
  }

  private static func path(_ paging: JSONMembers) throws(JSONFault) -> [String] {
    let path = try paging.texts("path")
    guard !path.isEmpty else { throw paging.fault("path", "must name a member") }
    return path
  }

  private static func retryCodes(_ retry: JSONMembers?) throws(JSONFault) -> Set<Int> {
    let codes = try retry?.optionalValues("codes", "a status of 400…599") { value in
      value.integerValue.flatMap { (400...599).contains($0) ? Int($0) : nil }
    }
    return Set([408, 425, 429] + (codes ?? []))
  }

  private static func rateLimit(_ members: JSONMembers) throws(JSONFault) -> RateLimit? {
    guard let headers = try members.optionalObject("rate_limit", required: ["remaining", "reset", "reset_is"]) else {
      return nil
    }
    return RateLimit(
      remaining: try headers.text("remaining"), reset: try headers.text("reset"), unit: try headers.choice("reset_is"))
  }

  private static func limits(_ members: JSONMembers) throws(JSONFault) -> Limits {
    let given = try members.optionalObject(
      "limits", optional: ["connect_seconds", "request_seconds", "fetch_seconds", "pages", "body_bytes"])
    return Limits(
      connect: try given?.optionalSeconds("connect_seconds") ?? .seconds(10),
      request: try given?.optionalSeconds("request_seconds") ?? .seconds(30),
      fetch: try given?.optionalSeconds("fetch_seconds") ?? .seconds(300),
      pages: try given?.optionalInteger("pages", in: 1...1_000_000) ?? 1000,
      body: try given?.optionalInteger("body_bytes", in: 1...(1 << 30)) ?? 64 << 20)
  }
}

extension JSONMembers {
  /// A time in seconds, of a millisecond to a day, and zero where `allowsZero` says so; nil where it is not given.
  fileprivate func optionalSeconds(_ name: String, allowsZero: Bool = false) throws(JSONFault) -> Duration? {
    guard let seconds = try optionalNumber(name) else { return nil }
    guard (0.001...86_400).contains(seconds) || allowsZero && seconds == 0 else {
      throw fault(name, "must lie in \(allowsZero ? "0, " : "")0.001…86400 seconds, is \(seconds)")
    }
    return .microseconds(Int64((seconds * 1_000_000).rounded()))
  }
}
