internal import Dispatch
internal import Glibc
internal import PrepaperArtifacts
package import PrepaperDomain
import PrepaperJSON
import PrepaperQueue

/// The side of the process that runs an attempt: what it tells its worker, and what ties it to it.
package struct ChildReporter: Sendable {
  /// Takes its descriptors over: nothing that this process starts may inherit them.
  ///
  /// - Throws: `RunError` where the process was not started by a worker.
  package init() throws(RunError) {
    guard fcntl(ChildDescriptors.messages, F_SETFD, FD_CLOEXEC) == 0 else {
      throw RunError(.unexpected, "this command is for workers, which start it with pipes to talk through")
    }
    // There is no lock on a network file system.
    guard fcntl(ChildDescriptors.lock, F_SETFD, FD_CLOEXEC) == 0 else { return }
    let name = Array(AttemptProcess.name(of: getpid()).utf8)
    _ = unsafe name.withUnsafeBytes { unsafe pwrite(ChildDescriptors.lock, $0.baseAddress, $0.count, 0) }
  }

  /// Ends this process with everything that it has started as soon as its worker is dead: nobody would publish what it
  /// makes.
  package func endWithWorker() {
    DispatchQueue(label: "prepaper.worker-life").async {
      var polled = pollfd(fd: ChildDescriptors.messages, events: 0, revents: 0)
      while unsafe poll(&polled, 1, -1) < 0, errno == EINTR {}
      kill(0, SIGKILL)
    }
  }

  /// The order that the worker has sent.
  ///
  /// - Throws: `RunError` with `unexpected` where there is none.
  package func order() throws(RunError) -> ChildOrder {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16_384)
    while true {
      let count = unsafe read(STDIN_FILENO, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      bytes.append(contentsOf: chunk[..<count])
    }
    do {
      if let order = try ChildOrder(JSONParser.parse(bytes)) { return order }
    } catch let error as JobStoreError {
      throw RunError(.requestUnreadable, error.message)
    } catch {
      throw RunError(.unexpected, "the worker's order is not JSON: \(error)")
    }
    throw RunError(.unexpected, "the worker's order lacks something; are worker and program of one version?")
  }

  /// Sends a message.
  ///
  /// It is not looked whether the worker hears it: where it is dead, so is this process in a moment.
  package func send(_ message: ChildMessage) {
    let bytes = Array((message.line + "\n").utf8)
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes[written...].withUnsafeBytes {
        unsafe write(ChildDescriptors.messages, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      written += count
    }
  }
}
