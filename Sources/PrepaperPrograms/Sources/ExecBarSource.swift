package import PrepaperDomain
internal import Synchronization

/// Bars that a program of the operator's prints as CSV: Parquet, a vendor's library, anything.
///
/// It is run for each symbol and stretch of time, with `--symbol S --timeframe M1 --from TIME --to TIME` after its own
/// arguments, times in RFC 3339; bars outside of the stretch are passed over. Status 65 or 66 means that it knows no
/// such symbol.
package struct ExecBarSource: BarSource {
  private let registration: ExecSourceRegistration
  private let archive: any BarArchive
  private let mark: String?
  private let observe: @Sendable (String) -> Void

  /// A source of a registered program.
  ///
  /// - Parameters:
  ///   - archive: reads the CSV that it prints.
  ///   - mark: what a worker finds an attempt's processes by, in their environment.
  ///   - observe: hears each line of the program's standard error.
  package init(
    _ registration: ExecSourceRegistration, archive: any BarArchive, mark: String? = nil,
    observe: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.registration = registration
    self.archive = archive
    self.mark = mark
    self.observe = observe
  }

  package var kind: String { "exec" }
  package var adjustment: String { registration.adjustment }
  package var isSynthetic: Bool { false }

  package func open(_ request: FeedRequest) -> any BarFeed {
    ExecBarFeed(
      registration: registration, archive: archive, symbol: request.symbol,
      timeframe: request.base ?? request.timeframe, settled: request.now - registration.settling, mark: mark,
      observe: observe)
  }
}

/// The bars of one symbol and timeframe that a program prints.
private struct ExecBarFeed: BarFeed {
  private static let mostBytes = 1 << 28

  let registration: ExecSourceRegistration
  let archive: any BarArchive
  let symbol: Symbol
  let timeframe: Timeframe
  let settled: UTCTimestamp
  let mark: String?
  let observe: @Sendable (String) -> Void

  var coverage: BarCoverage { .until(settled) }
  var settledUntil: UTCTimestamp? { settled }

  func bars(in span: TimeSpan) async throws -> FeedBars {
    let printed = Printed(limit: Self.mostBytes)
    let process = try await ProgramProcess.start(
      registration.command.adding([
        "--symbol", symbol.description, "--timeframe", timeframe.rawValue, "--from", span.from.rfc3339, "--to",
        span.to.rfc3339,
      ]),
      limits: registration.limits, mark: mark, output: { piece, _ in printed.append(piece) }, errors: observe)
    process.closeInput()
    let end = await withTaskCancellationHandler {
      await process.end()
    } onCancel: {
      process.cancel()
    }
    try Task.checkCancellation()
    try check(end, printed)
    let series = try archive.bars(
      csv: printed.take(), source: "exec:\(registration.name) (\(registration.command.path))", symbol: symbol,
      timeframe: timeframe)
    return FeedBars(series.slice(series.indices(in: span)))
  }

  private func check(_ end: ProgramEnd, _ printed: Printed) throws(RunError) {
    let name = "the program of exec:\(registration.name) (\(registration.command.path))"
    guard !printed.isTooLong else {
      throw RunError(.barsInvalid, "\(name) printed more than \(Self.mostBytes >> 20) MiB of bars of \(symbol)")
    }
    if end.stop == nil, end.exitStatus == 65 || end.exitStatus == 66 {
      throw RunError(.symbolUnknown, "\(name) has no bars of \(symbol)\(end.saidLast)")
    }
    if let problem = end.problem(registration.limits) {
      throw RunError(.providerUnavailable, "\(name) \(problem) when asked for bars of \(symbol)\(end.saidLast)")
    }
  }
}

/// What a program has printed.
private final class Printed: Sendable {
  private let bytes = Mutex<[UInt8]>([])
  private let limit: Int

  init(limit: Int) {
    self.limit = limit
  }

  /// False where it is too much.
  func append(_ piece: [UInt8]) -> Bool {
    bytes.withLock { bytes in
      bytes.append(contentsOf: piece)
      return bytes.count <= limit
    }
  }

  var isTooLong: Bool { bytes.withLock { $0.count > limit } }

  /// All of it, once.
  func take() -> [UInt8] {
    bytes.withLock { bytes in
      defer { bytes = [] }
      return bytes
    }
  }
}
