import PrepaperTestSupport
import PrepaperWorker
import Synchronization

/// The bells of a simulation: some rings are lost, which must change nothing but when something happens.
final class SimulatedBells: Doorbell {
  private let simulation: Simulation
  private let lossPerHundred: Int
  private let heard = Mutex<[(process: SimulatedProcess, wakeUps: WakeUps)]>([])

  init(_ simulation: Simulation, lossPerHundred: Int) {
    self.simulation = simulation
    self.lossPerHundred = lossPerHundred
  }

  func hangUp(_ wakeUps: WakeUps, for process: SimulatedProcess) {
    heard.withLock { $0.append((process, wakeUps)) }
  }

  func ring() {
    let bells = heard.withLock { bells in
      bells.removeAll { $0.process.isDead }
      return bells
    }
    for bell in bells where simulation.pick(100) >= lossPerHundred { bell.wakeUps.wake() }
  }
}
