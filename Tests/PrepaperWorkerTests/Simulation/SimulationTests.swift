import PrepaperDomain
import PrepaperQueue
import PrepaperTestSupport
import PrepaperWorker
import Testing

// Workers that are killed, stopped and started while clocks are set and bells are not heard, at every suspension point
// of the real code. A seed that fails is in the test's arguments, and fails again.
@Suite(.timeLimit(.minutes(15))) struct SimulationTests {
  @Test(arguments: 0..<40)
  func `whatever happens to workers, every run comes to one end, once`(chapter: UInt64) throws {
    let file = try SimulatedQueue()
    for seed in chapter * 50..<(chapter + 1) * 50 { try live(seed: seed, on: file) }
    // A run's id has its seed.
    #expect(try file.store(0).check().breach == nil)
  }

  private func live(seed: UInt64, on file: SimulatedQueue) throws {
    let house = try SimulatedHouse(seed: seed, on: file, troublePerHundred: 15, bellLossPerHundred: 20)
    let simulation = house.simulation
    var runs: [String] = []
    var model = try EventModel(house.queue)
    for _ in 0..<2 + simulation.pick(2) { try house.startWorker(concurrency: 1 + simulation.pick(2)) }

    for _ in 0..<4 + simulation.pick(10) {
      for _ in 0..<simulation.pick(60) {
        guard simulation.step(until: simulation.elapsed + .seconds(10)) else { break }
        try model.follow("seed \(seed)", jobs: runs.count)
      }
      try happen(in: house, &runs)
    }
    for worker in house.workers { worker.goOn() }
    for process in house.processes.alive { process.goOn() }
    _ = try house.queue.resume()
    try house.startWorker()
    // Past everything that was scheduled while the clock was ahead: hours without an event prove nothing.
    simulation.stepClock(by: .seconds(36_000))
    let isSettled = try simulation.run(until: simulation.elapsed + .seconds(600)) {
      try model.follow("seed \(seed)", jobs: runs.count)
      return try house.queue.overview().open == 0
    }

    let open = try house.queue.jobs(state: nil, limit: 100).filter { !$0.state.isFinal }
    #expect(isSettled, "seed \(seed): \(open)")
    #expect(house.disk.breaches == [], "seed \(seed)")
    #expect(house.workerFailures == [], "seed \(seed)")
    #expect(house.disk.staged == [], "seed \(seed)")
    for job in try house.queue.jobs(state: nil, limit: runs.count) where job.state == .succeeded {
      let published = house.disk.published[job.request.runID]
      #expect(published == job.attempt, "seed \(seed): \(job.request.runID)")
      #expect(house.disk.signals[job.request.runID] == 1, "seed \(seed): \(job.request.runID)")
    }
    let submitted = try house.queue.jobs(state: nil, limit: runs.count).map { "\($0.request.runID)" }
    #expect(submitted == runs.reversed(), "seed \(seed)")
  }

  /// One thing that people, the kernel or the power do.
  private func happen(in house: SimulatedHouse, _ runs: inout [String]) throws {
    let simulation = house.simulation
    let workers = house.workers.filter { !$0.isDead }
    let processes = house.processes.alive
    switch simulation.pick(14) {
    case 0...3 where runs.count < 12:
      let name = "run-\(house.seed)-\(runs.count)"
      let after = simulation.pick(4) == 0 ? runs.last.flatMap(RunID.init) : nil
      try house.submit(
        name,
        JobOptions(
          priority: simulation.pick(3), maxTries: 1 + simulation.pick(6),
          notBefore: simulation.pick(4) == 0 ? simulation.now + .seconds(simulation.pick(5)) : nil, after: after,
          concurrencyKey: simulation.pick(3) == 0 ? "SPY" : nil))
      runs.append(name)
    case 4: if !workers.isEmpty { workers[simulation.pick(workers.count)].kill() }
    case 5: if !processes.isEmpty { processes[simulation.pick(processes.count)].kill() }
    case 6:
      workers.forEach { $0.kill() }
      processes.forEach { $0.kill() }
      try house.startWorker()
    case 7: if !workers.isEmpty { workers[simulation.pick(workers.count)].stop() }
    case 8: if !processes.isEmpty { processes[simulation.pick(processes.count)].stop() }
    case 9:
      workers.forEach { $0.goOn() }
      processes.forEach { $0.goOn() }
    case 10 where workers.count < 4: try house.startWorker(concurrency: 1 + simulation.pick(2))
    case 11: simulation.stepClock(by: .seconds(simulation.pick(2) == 0 ? 3600 : -3600))
    case 12:
      if let name = runs.isEmpty ? nil : runs[simulation.pick(runs.count)], let run = RunID(name) {
        do {
          _ = try house.queue.cancel([run], now: simulation.now)
        } catch let error as JobStoreError where error.code == .notCancellable {
          // It has come to its end already.
        }
        house.bells.ring()
      }
    default:
      if try house.queue.overview().pausedSince == nil {
        try house.queue.pause(now: simulation.now)
      } else {
        _ = try house.queue.resume()
        house.bells.ring()
      }
    }
  }
}
