import ArgumentParser
import PrepaperApp
import PrepaperDomain
import PrepaperJSON

/// What a user says about a run in flags.
struct RequestOptions: ParsableArguments {
  @Option(help: "The approved backtest to start from; needed.")
  var backtestRunId: String?

  @Option(help: "The new run's own id: \(RunID.rule); needed.")
  var runId: String?

  @Option(
    help: ArgumentHelp(
      "The directory with backtests/ in it; results go to prepaper/ beside that (PREPAPER_ARTIFACTS_ROOT, else "
        + "./artifacts).", valueName: "dir"))
  var artifactsRoot: String?

  @Option(
    help: ArgumentHelp(
      "Where the window begins: a day (its start in the market's zone) or a time like 2013-10-07T13:30:00Z.",
      valueName: "day-or-time"))
  var from: String?

  @Option(help: ArgumentHelp("Where the window ends, itself not included.", valueName: "day-or-time"))
  var to: String?

  @Option(
    help: ArgumentHelp(
      "The one day to evaluate. Without it and --from: the last session of the source that is over.",
      valueName: "day"))
  var replayDate: String?

  @Option(
    help: "rth for bars of regular trading hours, all for every bar; only the former are expected (default: rth).")
  var sessionMode: String?

  @Option(
    help: ArgumentHelp(
      "The instruments, in place of those of the backtest's manifest: A,B,C.", valueName: "list"))
  var symbols: String?

  @Option(
    help: ArgumentHelp(
      "A file with the instruments, one a line; what follows a # is passed over.", valueName: "file"))
  var symbolsFile: String?

  @Flag(help: "No signals at all unless every instrument has enough history.")
  var strict = false

  @Option(
    help: ArgumentHelp(
      "replay for a window that is over, live for one that ends at the last complete bar (default: replay).",
      valueName: "mode"))
  var mode: String?

  @Option(
    help: ArgumentHelp(
      "The moment whose last complete bar ends the window: now (with --mode live) or a time.", valueName: "moment"))
  var asOf: String?

  @Option(
    help: ArgumentHelp("The share of the expected bars that may lack (default: 1%).", valueName: "share"))
  var maxMissing: String?

  @Option(
    help: ArgumentHelp(
      "The change of price between two sessions from which on it is reported (default: 40%).", valueName: "share"))
  var maxJump: String?

  @Option(
    help: ArgumentHelp("XNYS or 24x7 (default: what the manifest says, else XNYS).", valueName: "name"))
  var calendar: String?

  @Option(
    help: ArgumentHelp(
      "How orders get a quantity, like risk:equity=100000,percent=1 (default: none have one).", valueName: "sizing"))
  var sizing: String?

  @Flag(help: "Leave the proofs out: the run executed again, and each signal without the bars after it.")
  var noProve = false

  @Flag(help: "Take a backtest that did not end in success; the manifest records it.")
  var allowUnapproved = false

  /// Whether nothing is said about a run but where it writes.
  var isEmpty: Bool { said(symbols: symbolsFile.map { [$0] }).allSatisfy { $0.key == .artifactsRoot } }

  /// Says what is wrong with the flags before anything is opened.
  func check() throws { _ = try request(artifactsRoot: "/", listed: symbolsFile.map { _ in ["A"] }) }

  /// The request, on a root that is there.
  ///
  /// - Throws: `ValidationError`, or `AppError` where the file of instruments cannot be read.
  func request(artifactsRoot: String) throws -> RunRequest {
    try request(artifactsRoot: artifactsRoot, listed: symbolsFile.map { try SymbolsFile(path: $0).symbols })
  }

  /// What the flags say, by the members that they are.
  private func said(symbols listed: [String]?) -> [RequestMember: JSONValue] {
    let texts: [RequestMember: String?] = [
      .runID: runId, .backtestRunID: backtestRunId, .artifactsRoot: artifactsRoot, .from: from, .to: to,
      .replayDate: replayDate, .sessionMode: sessionMode, .mode: mode, .asOf: asOf, .maxMissing: maxMissing,
      .maxJump: maxJump, .calendar: calendar, .sizing: sizing,
    ]
    var said = texts.compactMapValues { $0.map(JSONValue.string) }
    for (member, isSet) in [(.strict, strict), (.noProve, noProve), (.allowUnapproved, allowUnapproved)]
      as [(RequestMember, Bool)]
    where isSet { said[member] = .bool(true) }
    let symbols = symbols?.split(separator: ",", omittingEmptySubsequences: false).map(String.init) ?? listed
    said[.symbols] = symbols.map { .array($0.map(JSONValue.string)) }
    return said
  }

  private func request(artifactsRoot: String, listed: [String]?) throws -> RunRequest {
    guard backtestRunId != nil else { throw ValidationError("Missing expected argument '--backtest-run-id <id>'") }
    guard runId != nil else { throw ValidationError("Missing expected argument '--run-id <id>'") }
    guard symbols == nil || listed == nil else {
      throw ValidationError("--symbols and --symbols-file exclude each other.")
    }
    var said = said(symbols: listed)
    said[.artifactsRoot] = .string(artifactsRoot)
    do {
      return try RunRequest(said, .flags)
    } catch let fault {
      throw ValidationError(fault.description)
    }
  }
}
