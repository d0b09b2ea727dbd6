package import PrepaperQueue
package import PrepaperWorker

extension JobStore {
  /// The directory beside the queue.
  package var directory: QueueDirectory { QueueDirectory(queuePath: path) }

  /// Writes to the queue, and then wakes everybody who waits for it: workers, and commands that watch.
  package func ringing<Value>(_ write: (JobStore) throws -> Value) rethrows -> Value {
    let value = try write(self)
    BellRinger(directory).ring()
    return value
  }
}
