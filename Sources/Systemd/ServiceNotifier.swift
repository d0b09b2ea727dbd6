import CSystemd

/// The line from a service to the manager that started it, over the socket that `NOTIFY_SOCKET` names.
///
/// libsystemd looks the socket up on each call, so a process that nobody supervises can send as freely as a service.
package struct ServiceNotifier: Sendable {
  /// Opens nothing: a socket is there only while a call sends.
  package init() {}

  /// Sends the states in one datagram, which the manager takes in as a whole.
  ///
  /// - Returns: whether a manager was listening; `false` means that `NOTIFY_SOCKET` is not set and nothing was sent.
  /// - Throws: `ServiceManagerError` when the socket is named but does not take the datagram.
  @discardableResult
  package func send(_ states: NotifyState...) throws(ServiceManagerError) -> Bool { try send(states) }

  /// The same, with states that were put together before.
  @discardableResult
  package func send(_ states: [NotifyState]) throws(ServiceManagerError) -> Bool {
    let assignments = states.map(\.assignment)
    let result = unsafe sd_notify(0, assignments.joined(separator: "\n"))
    guard result >= 0 else {
      throw ServiceManagerError(attempt: "send \(assignments.joined(separator: ", "))", code: -result)
    }
    return result > 0
  }
}
