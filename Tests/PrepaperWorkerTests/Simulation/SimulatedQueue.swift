import PrepaperQueue
import PrepaperSQLite
import PrepaperTestSupport

/// A queue file with connections that are opened once: what a simulation of many seeds would spend its time on.
final class SimulatedQueue {
  let directory: TemporaryDirectory
  private var stores: [JobStore] = []

  init() throws {
    directory = try TemporaryDirectory()
  }

  /// A connection of that number, opened when it is first asked for.
  func store(_ number: Int) throws -> JobStore {
    while stores.count <= number {
      // What survives a power cut is not what is looked at here.
      stores.append(
        try JobStore(path: "\(directory.path)/queue.db", busyWait: BusyWait(seed: 1), durability: .normal))
    }
    return stores[number]
  }
}
