import PrepaperDomain
import PrepaperHTTP
import PrepaperJSON
import PrepaperMarketData
import PrepaperSourceTesting
import PrepaperTestSupport

/// The descriptor in a text.
func descriptor(_ text: String) throws -> HTTPDescriptor {
  try HTTPDescriptor(try JSONParser.parse(Array(text.utf8)), name: "vendor", file: "vendor.json")
}

/// The source that a descriptor's text describes, on a clock that does not wait.
func source(
  _ text: String, secrets: [String: String] = [:], clock: SkippingClock = SkippingClock()
) throws -> HTTPBarSource {
  HTTPBarSource(
    try descriptor(text), secrets: SecretStore(environment: secrets), clock: clock, jitter: { 1 },
    observe: clock.hear)
}

extension HTTPBarSource {
  /// The bars of SPY between two instants.
  func spy(
    _ timeframe: Timeframe = .m1, _ from: String, _ to: String, now: String = "2026-01-05T08:00:00Z"
  ) async throws -> FeedBars {
    try await open(.of("SPY", timeframe, base: timeframe, now: now)).bars(in: span(from, to))
  }
}
