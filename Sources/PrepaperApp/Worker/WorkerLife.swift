import Glibc
import Logging
import PrepaperWorker
import ServiceLifecycle
import Systemd
import UnixSignals

/// A worker from its start to its end, and what the signals to its process ask for.
struct WorkerLife: Sendable {
  private enum End: Sendable {
    /// The worker has ended.
    case worker
    /// Its runs are to be stopped and given back.
    case cancel
    /// Nothing follows from it.
    case other
  }

  let service: WorkerService
  let live: LiveWorker
  let wakeUps: WakeUps
  let logger: Logger

  /// Works until it is done, or a signal ends it.
  func run() async throws {
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: [
          ServiceGroupConfiguration.ServiceConfiguration(
            service: service, successTerminationBehavior: .gracefullyShutdownGroup)
        ],
        logger: Logger(label: "services") { _ in SwiftLogNoOpLogHandler() }))
    let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint, .sigquit, .sighup)
    let isFromTerminal = isatty(STDIN_FILENO) == 1
    let (stops, stop) = AsyncStream<Void>.makeStream()
    try await withThrowingTaskGroup(of: End.self) { tasks in
      tasks.addTask {
        do { try await group.run() } catch is CancellationError {
          // Stopped before its runs were done, which have been given back: that is what was asked for.
        }
        return .worker
      }
      tasks.addTask { await obey(signals, group, stop, hangsUp: isFromTerminal) }
      tasks.addTask { await patience(after: stops) }
      while let end = try await tasks.next() {
        switch end {
        case .worker: return tasks.cancelAll()
        case .cancel: tasks.cancelAll()
        case .other: break
        }
      }
    }
  }

  /// - Parameter hangsUp: whether SIGHUP means that the terminal is gone, and not that the settings are others.
  private func obey(
    _ signals: UnixSignalsSequence, _ group: ServiceGroup, _ stop: AsyncStream<Void>.Continuation, hangsUp: Bool
  ) async -> End {
    var isStopping = false
    for await signal in signals {
      switch signal {
      case .sigquit: return .cancel
      case .sighup where !hangsUp: await reload()
      default:
        if isStopping { return .cancel }
        isStopping = true
        logger.info("asked to stop: the runs are finished first; once more, and they are given back")
        stop.yield()
        await group.triggerGracefulShutdown()
      }
    }
    return .other
  }

  /// Waits as long as a worker that is to stop may wait for its runs.
  private func patience(after stops: AsyncStream<Void>) async -> End {
    for await _ in stops {
      guard let limit = live.stopTimeout else { return .other }
      do { try await SystemClock().sleep(for: limit) } catch { return .other }
      logger.warning("the time to stop is over: runs that are not done are given back")
      return .cancel
    }
    return .other
  }

  /// Takes changed settings over; a service manager sees when that is done.
  private func reload() async {
    tell(.reloading(at: MonotonicTime.now))
    do throws(AppError) {
      try await live.reload()
      wakeUps.wake()
    } catch {
      logger.error("the settings stay as they were: \(error)")
    }
    tell(.ready)
  }

  private func tell(_ state: NotifyState) {
    do throws(ServiceManagerError) {
      try ServiceNotifier().send(state)
    } catch {
      logger.warning("the service manager was not told: \(error)")
    }
  }
}
