/// What a user may say about a run beyond what every run says; by default the manifest and the defaults decide.
package struct RunOptions: Hashable, Sendable {
  /// The instruments, ascending and each once; none means those of the backtest's manifest.
  package var symbols: [Symbol]
  /// Whether a symbol whose history does not suffice ends the whole run without signals.
  package var isStrict: Bool
  /// Whether the window is over or ends at the present.
  package var mode: RunMode
  /// The share of the expected base bars that may lack, 0 to 1.
  package var maxMissing: Double?
  /// The change of price between sessions from which on it is reported, 0.4 for 40 %.
  package var maxJump: Double?
  /// The market's days and hours, where the manifest's are not meant.
  package var calendar: CalendarName?
  /// How orders get their quantity, as `Sizing` reads it; nil leaves quantities out.
  package var sizing: String?
  /// Whether the run proves its replay, and that no signal saw the future.
  package var isProven: Bool

  /// Options of these values, symbols in any order.
  package init(
    symbols: [Symbol] = [], isStrict: Bool = false, mode: RunMode = .replay, maxMissing: Double? = nil,
    maxJump: Double? = nil, calendar: CalendarName? = nil, sizing: String? = nil, isProven: Bool = true
  ) {
    self.symbols = Set(symbols).sorted()
    self.isStrict = isStrict
    self.mode = mode
    self.maxMissing = maxMissing
    self.maxJump = maxJump
    self.calendar = calendar
    self.sizing = sizing
    self.isProven = isProven
  }
}
