internal import PrepaperDomain

/// A strategy on as much as was known at an instant, and on what may follow it.
struct Trial: Sendable {
  /// The instant, at which a bar was over.
  let time: UTCTimestamp
  /// The symbols that the strategy is given.
  let symbols: [Symbol]
  /// Whether it is given only the session that the instant lies in, and the warm-up before that.
  let isShort: Bool
  /// Whether noise follows; else nothing does.
  var isNoisy = false
}
