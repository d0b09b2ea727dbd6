internal import PrepaperDomain

/// Fetches what belongs to each symbol, a few ahead of the one that is worked on, and gives it in the symbols' order.
///
/// What is given does not depend on `concurrency`: not the order, and not which error is thrown first. No more than
/// `concurrency` answers are held at once.
func withFetchedAhead<Answer: Sendable, Value>(
  of symbols: [Symbol], concurrency: Int, fetch: @escaping @Sendable (Symbol) async throws -> Answer,
  body: (_ next: () async throws -> (symbol: Symbol, answer: Result<Answer, any Error>)?) async throws -> Value
) async throws -> Value {
  try await withThrowingTaskGroup(of: (Int, Result<Answer, any Error>).self) { group in
    var ready: [Int: Result<Answer, any Error>] = [:]
    var (started, given) = (0, 0)
    let value = try await body {
      guard given < symbols.count else { return nil }
      while started < min(symbols.count, given + concurrency) {
        let (index, symbol) = (started, symbols[started])
        group.addTask {
          do { return (index, .success(try await fetch(symbol))) } catch { return (index, .failure(error)) }
        }
        started += 1
      }
      while ready[given] == nil, let (index, answer) = try await group.next() { ready[index] = answer }
      guard let answer = ready.removeValue(forKey: given) else { throw CancellationError() }
      defer { given += 1 }
      return (symbols[given], answer)
    }
    group.cancelAll()
    return value
  }
}
