internal import Dispatch
internal import Glibc

/// Runs what blocks for long on a thread of its own.
///
/// Dispatch has 255 threads in a process at most: attempts that wait for theirs behind locks that wait for attempts
/// would never end.
package func onThreadOfItsOwn(_ body: @escaping @Sendable () -> Void) {
  guard !startThread(body) else { return }
  // The limit of threads is reached: wait for one of those that there are.
  DispatchQueue(label: "prepaper.waiting").async(execute: body)
}

/// Starts a thread that runs something and does nothing else; false where there can be no such thread.
func startThread(_ body: @escaping @Sendable () -> Void) -> Bool {
  let work = unsafe Unmanaged.passRetained(Work(body))
  var attributes = pthread_attr_t()
  unsafe pthread_attr_init(&attributes)
  defer { unsafe pthread_attr_destroy(&attributes) }
  unsafe pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
  // Room for a message's deepest nesting, and no 8 MiB for each of a thousand that only wait.
  unsafe pthread_attr_setstacksize(&attributes, 1 << 20)
  var thread = pthread_t()
  let code = unsafe pthread_create(
    &thread, &attributes,
    { work in
      if let work = unsafe work { unsafe Unmanaged<Work>.fromOpaque(work).takeRetainedValue().body() }
      return nil
    }, work.toOpaque())
  if code != 0 { unsafe work.release() }
  return code == 0
}

private final class Work: Sendable {
  let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) {
    self.body = body
  }
}
