package import PrepaperDomain
package import PrepaperJSON
package import PrepaperPipeline
internal import PrepaperProcesses
internal import Synchronization

/// Runs a strategy that is a program of the operator's: bars go to it as JSON lines, signals come back as such.
///
/// The program runs once for all symbols. Its input is written and its output read at the same time.
package struct ExternalStrategyRunner: StrategyRunner {
  private let registration: StrategyRegistration
  private let digest: String
  private let timeframe: Timeframe
  private let symbols: [Symbol]
  private let pieceSize: Int
  private let mark: String?
  private let temporary: String
  private let observe: @Sendable (String) -> Void

  package let parameters: [String: JSONValue]

  /// A runner of a registered strategy.
  ///
  /// - Parameters:
  ///   - symbols: those of the run, as far as they are known; it may get the bars of fewer.
  ///   - pieceSize: about how many bytes of its input the program is given at once.
  ///   - mark: what a worker finds an attempt's processes by, in their environment.
  ///   - temporary: where each start of the program gets a directory of its own.
  ///   - observe: hears each line of the program's standard error.
  /// - Throws: `RunError` with `params_invalid`, or `strategy_failed` where its files cannot be read.
  package init(
    _ registration: StrategyRegistration, parameters: [String: JSONValue], timeframe: Timeframe, symbols: [Symbol],
    pieceSize: Int = 1 << 16, mark: String?, temporary: String,
    observe: @escaping @Sendable (String) -> Void
  ) throws(RunError) {
    guard registration.timeframes.contains(timeframe) else {
      let known = registration.timeframes.map(\.rawValue).joined(separator: ", ")
      throw RunError(
        .paramsInvalid, "\(registration.name): it decides on bars of \(known), but the run's are \(timeframe.rawValue)")
    }
    self.registration = registration
    self.parameters = try registration.materialised(parameters)
    self.timeframe = timeframe
    self.symbols = symbols
    self.pieceSize = pieceSize
    self.mark = mark
    self.temporary = temporary
    self.observe = observe
    digest = try registration.command.digest()
  }

  package var key: String { registration.name }
  package var fingerprint: StrategyFingerprint { .program(sha256: digest) }
  package var ignoredParameters: [String] { [] }
  package var features: [Feature] { registration.features }
  /// The version that the operator gave it.
  package var version: String { registration.version }

  package func warmUp(beforeWindowAt start: UTCTimestamp) -> WarmUp { WarmUp(bars: registration.warmUpBars) }

  package var warnings: [String] {
    guard !Confinement.canLimitWrites else { return [] }
    return [
      "there is no Landlock here, by the kernel or by what this process may call: strategy '\(key)' may write files, and what it keeps there of one start may help "
        + "it in the next, which the proofs cannot see"
    ]
  }

  package func run(_ next: () async throws -> StrategyInput?) async throws -> StrategyResult {
    let scratch = try await ScratchDirectory.made(in: temporary)
    let result: Result<StrategyResult, any Error>
    do {
      result = .success(try await run(next, in: scratch))
    } catch {
      result = .failure(error)
    }
    do {
      try await scratch.remove()
    } catch {
      // What the program itself came to tells more.
      _ = try result.get()
      throw error
    }
    return try result.get()
  }

  private func run(
    _ next: () async throws -> StrategyInput?, in scratch: ScratchDirectory
  ) async throws -> StrategyResult {
    let answers = Answers(StrategyAnswers(strategy: key, symbols: symbols))
    let process = try await ProgramProcess.start(
      registration.command, limits: registration.limits, mark: mark, scratch: scratch.path,
      output: { piece, inputRead in answers.take(piece, inputRead) }, errors: observe)
    return try await withTaskCancellationHandler {
      do {
        try await give(next, to: process, answers)
      } catch {
        process.cancel()
        _ = await process.end()
        throw error
      }
      let end = await process.end()
      try Task.checkCancellation()
      return try result(answers, end)
    } onCancel: {
      process.cancel()
    }
  }

  /// Gives the program everything, or as much as it takes.
  private func give(
    _ next: () async throws -> StrategyInput?, to process: ProgramProcess, _ answers: Answers
  ) async throws {
    let lines = StrategyInputLines(features: features, pieceSize: pieceSize)
    let hello = lines.hello(parameters: parameters, symbols: symbols, timeframe: timeframe)
    var given = hello.count
    guard await process.write(hello) else { return }
    while let input = try await process.whileItWaits({ try await next() }) {
      let history = input.history
      answers.use { [given] in $0.begin(history, inputStart: given) }
      var index = 0
      while let piece = lines.bars(history, features: input.features, from: &index) {
        // Known before they are written: the program may answer at once.
        answers.use { [given] in $0.give(history.series.symbol, inputEnds: piece.ends.map { given + $0 }) }
        given += piece.bytes.count
        guard await process.write(piece.bytes) else { return }
      }
    }
    answers.use { [given] in $0.complete(inputEnd: given + lines.end.count) }
    guard await process.write(lines.end) else { return }
    process.closeInput()
  }

  /// What the program's answers are worth, now that it has ended.
  private func result(_ answers: Answers, _ end: ProgramEnd) throws(RunError) -> StrategyResult {
    if let fault = answers.use({ $0.fault }) {
      throw RunError(fault.code, fault.message + end.saidLast)
    }
    if let problem = end.problem(registration.limits) {
      throw RunError(.strategyFailed, "strategy '\(key)' (\(registration.command.path)) \(problem)\(end.saidLast)")
    }
    let result: Result<StrategyResult, RunError> = answers.use { answers in
      do throws(RunError) { return .success(try answers.result()) } catch { return .failure(error) }
    }
    switch result {
    case .failure(let error): throw RunError(error.code, error.message + end.saidLast)
    case .success(let result):
      guard try registration.command.digest() == digest else {
        throw RunError(.strategyFailed, "strategy '\(key)': its program was changed while it ran; run it again")
      }
      return result
    }
  }
}

/// The answers, which the program's thread adds to while its input is written.
private final class Answers: Sendable {
  private let answers: Mutex<StrategyAnswers>

  init(_ answers: StrategyAnswers) {
    self.answers = Mutex(answers)
  }

  func take(_ piece: [UInt8], _ inputRead: Int) -> Bool {
    answers.withLock { $0.append(piece, inputRead: inputRead) }
  }

  func use<Value: Sendable>(_ body: (inout sending StrategyAnswers) -> Value) -> Value {
    answers.withLock { body(&$0) }
  }
}
