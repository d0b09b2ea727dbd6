import Dispatch

/// A thread for the long computations of a run, so that they never keep a worker from renewing its lease.
final class RunThread: TaskExecutor {
  private let queue = DispatchQueue(label: "prepaper.run")

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
