package import PrepaperDomain
import PrepaperJSON

/// One fetch: page by page, with as many tries as its time allows.
struct HTTPFetch {
  private static let mostRedirects = 3

  let descriptor: HTTPDescriptor
  let credentials: Credentials
  let symbol: Symbol
  let clock: any FetchClock
  let waits: RetryWaits
  let observe: @Sendable (String) -> Void
  private let start: Duration

  /// A fetch that begins now.
  init(
    _ descriptor: HTTPDescriptor, _ credentials: Credentials, symbol: Symbol, clock: any FetchClock,
    jitter: @escaping @Sendable () -> Double, observe: @escaping @Sendable (String) -> Void
  ) {
    self.descriptor = descriptor
    self.credentials = credentials
    self.symbol = symbol
    self.clock = clock
    self.observe = observe
    waits = RetryWaits(
      first: descriptor.firstWait, longest: descriptor.longestWait, rateLimit: descriptor.rateLimit, jitter: jitter)
    start = clock.elapsed
  }

  /// All pages; where a passing failure ends it after the first page, what came until then, as part of it.
  ///
  /// Only bars that ascend are part of it: of others nobody knows which lack.
  ///
  /// - Throws: `RunError`; nothing in it is a secret.
  func bars(_ requests: PageRequests, into collector: BarCollector) async throws -> FeedBars {
    try await PageTransport.with(limits: descriptor.limits) { transport in
      try await bars(requests, into: collector, over: transport)
    }
  }

  private func bars(
    _ requests: PageRequests, into collector: BarCollector, over transport: PageTransport
  ) async throws -> FeedBars {
    var (requests, collector) = (requests, collector)
    var pages = 0
    var pause = Duration.zero
    while let address = requests.next {
      guard pages < descriptor.limits.pages else {
        throw RunError(
          .barsInvalid,
          "\(descriptor.name): there are more than \(pages) pages; ask for a shorter span or raise limits.pages")
      }
      do {
        try await wait(pause, after: nil)
        let (answer, from) = try await answer(address, requests, transport)
        pages += 1
        let page = try page(answer, number: pages)
        let hasNewBars = try collector.add(page.records, page: pages)
        do {
          try requests.moveOn(behind: page, from: from, hasNewBars: hasNewBars)
        } catch { throw RunError(error.code, "\(descriptor.name), page \(pages): \(error.message)") }
        pause = waits.pause(behind: answer, now: clock.now)
      } catch let error as RunError where error.code.isTransient && pages > 0 && descriptor.order == .ascending {
        return FeedBars(
          collector.series, loading: credentials.redaction.redacted("after \(pages) pages: \(error.message)"))
      } catch let error as RunError {
        throw RunError(error.code, credentials.redaction.redacted(error.message))
      }
    }
    return FeedBars(collector.series)
  }

  private func page(_ answer: PageAnswer, number: Int) throws(RunError) -> Page {
    // 204: there is nothing, and it is said without a body.
    guard answer.status != 204 else { return .empty }
    do {
      return try Page(answer.body, descriptor, vendorSymbol: descriptor.vendorSymbol(symbol))
    } catch {
      let start = credentials.redaction.excerpt(answer.body)
      throw RunError(
        .barsInvalid, "\(descriptor.name), page \(number): \(error.description); it begins \(start)")
    }
  }

  /// The answer to a request, after as many tries and redirects as it takes, and the address that gave it.
  private func answer(
    _ address: WebAddress, _ requests: PageRequests, _ transport: PageTransport
  ) async throws -> (PageAnswer, WebAddress) {
    var address = address
    var redirects = 0
    var tries = 0
    while true {
      let failure: (error: RunError, answer: PageAnswer?)
      do {
        let answer = try await transport.get(address.text, headers: headers, time: timeLeft)
        switch answer.status {
        case 200, 204: return (answer, address)
        case 301, 302, 303, 307, 308:
          redirects += 1
          guard redirects <= Self.mostRedirects, let location = answer.headers["location"] else {
            throw RunError(
              .providerRefused, "\(told(address)) redirects \(redirects) times, or without saying where to")
          }
          address = try requests.authorized(
            location, from: address, called: "\(told(address)) answered \(answer.status): its new place")
          continue
        default:
          failure = (try passing(answer, address), answer)
        }
      } catch let error as TransportFailure {
        let message = "\(told(address)): \(error.description)"
        guard !error.isTooLong else { throw RunError(.barsInvalid, "\(message); see limits.body_bytes") }
        failure = (RunError(.providerUnavailable, message), nil)
      }
      tries += 1
      try await wait(waits.delay(afterTries: tries, failure.answer, now: clock.now), after: (failure.error, tries))
    }
  }

  /// The error of an answer without bars, if the next try may go better.
  ///
  /// - Throws: `RunError` where it will not.
  private func passing(_ answer: PageAnswer, _ address: WebAddress) throws(RunError) -> RunError {
    let words = credentials.redaction.excerpt(answer.body)
    let message = "\(told(address)) answered \(answer.status)\(words.isEmpty ? "" : ": \(words)")"
    switch answer.status {
    case 429: return RunError(.providerRateLimited, message)
    case 500...599: return RunError(.providerUnavailable, message)
    case let status where descriptor.retryCodes.contains(status): return RunError(.providerUnavailable, message)
    case 401, 403:
      let secrets = descriptor.secretNames.joined(separator: ", ")
      throw RunError(
        .providerRefused, "\(message); check \(secrets.isEmpty ? "what the vendor asks for" : secrets), and its rights")
    case 404:
      throw RunError(.symbolUnknown, "\(message); is \(symbol) what it calls the instrument?")
    default:
      throw RunError(.providerRefused, message)
    }
  }

  /// Waits, unless the fetch's time would be over before that.
  private func wait(_ duration: Duration, after failure: (error: RunError, tries: Int)?) async throws {
    guard duration < timeLeft else {
      let limit =
        "the fetch may take \(descriptor.limits.fetch), and a wait of \(duration) is next"
      guard let failure else { throw RunError(.providerRateLimited, "\(descriptor.name): \(limit)") }
      throw RunError(failure.error.code, "\(failure.error.message) (tries: \(failure.tries); \(limit))")
    }
    if duration > .zero {
      let reason = failure?.error.message ?? "\(descriptor.name) allows no more requests for now"
      observe(credentials.redaction.redacted("\(reason); the next request is in \(duration)"))
      try await clock.sleep(for: duration)
    }
    try Task.checkCancellation()
  }

  private var timeLeft: Duration { descriptor.limits.fetch - (clock.elapsed - start) }

  private var headers: [(name: String, value: String)] {
    [("User-Agent", "prepaper"), ("Accept", "application/json")]
      + descriptor.headers.map { ($0.name, $0.value.filled { _ in "" }) } + credentials.headers
  }

  private func told(_ address: WebAddress) -> String { "\(descriptor.name) (\(address.shown))" }
}

/// The clocks of a fetch, which also waits between its tries.
package protocol FetchClock: RunClock {
  /// Waits.
  ///
  /// - Throws: `CancellationError` when the task is cancelled meanwhile.
  func sleep(for duration: Duration) async throws
}
