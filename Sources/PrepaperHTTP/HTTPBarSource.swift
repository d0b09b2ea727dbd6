package import PrepaperDomain

/// Bars over HTTP from a vendor that a descriptor describes.
package struct HTTPBarSource: BarSource {
  private let descriptor: HTTPDescriptor
  private let secrets: SecretStore
  private let clock: any FetchClock
  private let jitter: @Sendable () -> Double
  private let observe: @Sendable (String) -> Void

  /// The source that a descriptor describes.
  ///
  /// - Parameters:
  ///   - jitter: a number in 0…1, another one each time, which sets waits of many fetches apart.
  ///   - observe: hears why a fetch waits, in words without a secret.
  package init(
    _ descriptor: HTTPDescriptor, secrets: SecretStore, clock: any FetchClock,
    jitter: @escaping @Sendable () -> Double, observe: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.descriptor = descriptor
    self.secrets = secrets
    self.clock = clock
    self.jitter = jitter
    self.observe = observe
  }

  package var kind: String { "http" }
  package var adjustment: String { descriptor.adjustment }
  package var isSynthetic: Bool { false }

  /// Opens the bars of a symbol, without asking the vendor yet: whether it knows the symbol shows with the first bars.
  ///
  /// - Throws: `RunError` with `symbol_unknown` where the descriptor has no timeframe that fits, with
  ///   `provider_refused` where a secret is not set.
  package func open(_ request: FeedRequest) throws -> any BarFeed {
    guard let timeframe = descriptor.timeframe(wanted: request.timeframe, base: request.base) else {
      throw RunError(
        .symbolUnknown,
        "\(descriptor.name) has no bars to build \((request.base ?? request.timeframe).rawValue) from; "
          + "it has \(descriptor.timeframeNames.joined(separator: ", "))")
    }
    return HTTPBarFeed(
      descriptor: descriptor, credentials: try Credentials(descriptor, secrets), request: request,
      timeframe: timeframe, clock: clock, jitter: jitter, observe: observe)
  }
}

/// The bars of one symbol at a vendor.
private struct HTTPBarFeed: BarFeed {
  let descriptor: HTTPDescriptor
  let credentials: Credentials
  let request: FeedRequest
  let timeframe: Timeframe
  let clock: any FetchClock
  let jitter: @Sendable () -> Double
  let observe: @Sendable (String) -> Void

  var coverage: BarCoverage { .until(request.now - descriptor.settling) }
  var settledUntil: UTCTimestamp? { request.now - descriptor.settling }

  func bars(in span: TimeSpan) async throws -> FeedBars {
    // No bar opens after now; a daily one carries the date, which the market's zone may have ahead of UTC.
    let today = request.calendar.timeZone.date(at: request.now)
    let end = min(span.to, timeframe == .d1 ? today.advanced(byDays: 1).startUTC : request.now)
    guard span.from < end else { return FeedBars(BarSeries(symbol: request.symbol, timeframe: timeframe)) }
    let asked = TimeSpan(from: span.from, to: end)
    let reader = RecordReader(
      descriptor, timeframe: timeframe, calendar: request.calendar, span: asked, now: request.now)
    let collector = BarCollector(
      source: descriptor.name, symbol: request.symbol, timeframe: timeframe, order: descriptor.order, reader: reader)
    let requests = try PageRequests(
      descriptor, credentials, symbol: request.symbol, timeframe: timeframe, calendar: request.calendar, span: asked)
    return try await HTTPFetch(
      descriptor, credentials, symbol: request.symbol, clock: clock, jitter: jitter, observe: observe
    ).bars(requests, into: collector)
  }
}

extension HTTPDescriptor {
  /// Why the vendor's server does not answer, in words without a secret; nil where it does, whatever it says.
  ///
  /// It is asked for nothing, at `/`, and gets no key.
  package func unreachable() async -> String? {
    let pieces = url.filled { _ in "" }.split(separator: "/", omittingEmptySubsequences: false)
    let server = pieces.prefix(3).joined(separator: "/")
    do {
      _ = try await PageTransport.with(limits: limits) { transport in
        try await transport.get("\(server)/", headers: [], time: .seconds(10))
      }
      return nil
    } catch let failure as TransportFailure where failure.isTooLong {
      return nil
    } catch let failure as TransportFailure {
      return "\(server) does not answer: \(failure.description)"
    } catch {
      return "\(server) does not answer: \(error)"
    }
  }
}
