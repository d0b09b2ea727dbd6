/// How many trials are made of a run's decisions.
package struct TrialLimits: Sendable {
  /// Up to how many bars, of all symbols, a program's trials are all made on all of them.
  package var fewBars = 5_000
  /// How many bars trials on all bars may go through in all, and how many of them there are at least.
  package var longBars = (rules: 32_000_000, program: 8_000_000)
  package var fewestLong = 16
  /// How many trials on all bars a program has at most, and how many are made where short ones hold.
  package var longOfProgram = 500
  package var sampledLong = (rules: 4, program: 8)
  /// After so many short trials that fail, and none that holds, no more are made.
  package var hopeless = 8
  /// So many short trials that fail are made on all bars at once: most of what sees the future shows there.
  package var earlyLong = 4
  /// At how many instants without a signal a strategy that comes along is tried, of each symbol.
  package var quietOfSymbol = 32
  /// How many programs run at once.
  package var programs = 4
  /// At how many instants with signals a program is tried at most, and at how many others that are not beside them.
  package var ofProgram = (signals: 2_000, quiet: 500)
  /// How many bars a program's short trials may go through in all, and at how many instants they are made at least.
  package var shortBarsOfProgram = 60_000_000
  package var fewestShort = 64

  /// The limits of every run.
  package init() {}
}
