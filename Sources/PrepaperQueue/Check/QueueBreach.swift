/// Something in a queue that none of its transitions makes.
package struct QueueBreach: Hashable, Sendable, CustomStringConvertible {
  /// What must hold of every queue.
  package enum Rule: String, CaseIterable, Sendable {
    /// A job's events come in an order that a life can have.
    case order
    /// The numbers of a job's claims strictly rise.
    case rising
    /// Of one job, never two attempts at once.
    case overlap
    /// An event names the attempt that it is of, and its worker.
    case fence
    /// After its end, a job is only retried.
    case final
    /// Only an attempt that runs can succeed, be put off, be released or be lost.
    case unclaimed
    /// A job's state and worker, and whether it is to stop, are what its events tell.
    case state
    /// A job's attempt is the one that was last claimed.
    case attempt
    /// A job's tries are the claims that count since it was submitted or retried.
    case tries
    /// Each claim has one row in `attempts`: open while it runs, then with the outcome that its event tells.
    case attemptRow = "attempt_row"
    /// Every event and every attempt is of a job that is there.
    case orphan
    /// Never two running jobs of one concurrency key.
    case key
    /// Of the waiting jobs of a key, one may go where none runs, else none.
    case held
    /// A job waits only for one that has not ended.
    case waiting
    /// The counters are what they count; those of attempts also count what was pruned.
    case counters
  }

  /// The rule that does not hold.
  package let rule: Rule
  /// Which run it is, where it is one.
  package let runID: String?
  /// Which attempt it is, where it is one.
  package let attempt: Int64?
  /// What was found, in words.
  package let message: String

  /// The message, after the run and the attempt.
  package var description: String {
    [runID.map { "run \($0)" }, attempt.map { "attempt \($0)" }].compactMap { $0 }.joined(separator: ", ")
      + (runID == nil && attempt == nil ? "" : ": ") + message
  }
}
