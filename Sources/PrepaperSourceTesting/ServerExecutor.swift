internal import Dispatch

/// Runs a server's tasks on a queue of its own.
///
/// A test that waits for a program blocks a thread of Swift's pool, which has as few as the machine has processors; the
/// server that the program asks must not need one of them.
final class ServerExecutor: TaskExecutor {
  private let queue = DispatchQueue(label: "vendor", attributes: .concurrent)

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
