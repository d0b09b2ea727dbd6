internal import Glibc

/// The clock by which systemd orders a service's reloads: CLOCK_MONOTONIC, the time since the machine's start.
package enum MonotonicTime {
  /// The time now.
  package static var now: Duration {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
}
