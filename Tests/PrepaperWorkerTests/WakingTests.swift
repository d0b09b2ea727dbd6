import PrepaperDomain
import PrepaperJSON
import PrepaperQueue
import PrepaperWorker
import Testing

// How soon an idle worker has work: in a simulation, where time passes only when nothing can run.
@Suite(.timeLimit(.minutes(5))) struct WakingTests {
  let file: SimulatedQueue

  init() throws {
    file = try SimulatedQueue()
  }

  @Test(arguments: 0..<12 as Range<UInt64>)
  func `a job is claimed the moment the bell rings`(seed: UInt64) throws {
    let house = try idleHouse(seed)
    let submitted = house.simulation.elapsed

    try house.submit("run")
    try house.simulation.run(until: submitted + .seconds(5)) { try isRunning("run", house) }

    #expect(try isRunning("run", house))
    #expect(house.simulation.elapsed == submitted)
  }

  @Test(arguments: 0..<12 as Range<UInt64>)
  func `a job that no bell told of is found within a second`(seed: UInt64) throws {
    let house = try idleHouse(seed, bellLossPerHundred: 100)
    let submitted = house.simulation.elapsed

    try house.submit("run")
    try house.simulation.run(until: submitted + .seconds(5)) { try isRunning("run", house) }

    #expect(try isRunning("run", house))
    #expect(house.simulation.elapsed - submitted <= .seconds(1))
  }

  @Test(arguments: 0..<12 as Range<UInt64>)
  func `a job is claimed when it is due, to the millisecond`(seed: UInt64) throws {
    let house = try idleHouse(seed)
    let submitted = house.simulation.elapsed

    try house.submit("run", JobOptions(notBefore: house.simulation.now + .milliseconds(12_345)))
    try house.simulation.run(until: submitted + .seconds(60)) { try isRunning("run", house) }

    #expect(house.simulation.elapsed - submitted >= .milliseconds(12_345))
    #expect(house.simulation.elapsed - submitted <= .milliseconds(12_347))
  }

  @Test(arguments: 0..<12 as Range<UInt64>)
  func `a run whose worker and process are dead is claimed again at once`(seed: UInt64) throws {
    let house = try idleHouse(seed, bellLossPerHundred: 100)
    try house.submit("run")
    try house.simulation.run(until: .seconds(100)) { try isRunning("run", house) && !house.processes.alive.isEmpty }
    let second = try house.startWorker()
    let died = house.simulation.elapsed + .milliseconds(10)
    try house.simulation.run(until: died)

    house.workers.filter { $0 !== second }.forEach { $0.kill() }
    house.processes.alive.forEach { $0.kill() }
    let killed = house.simulation.elapsed
    try house.simulation.run(until: killed + .seconds(60)) { try attempt("run", house) == 2 }

    #expect(try attempt("run", house) == 2)
    #expect(house.simulation.elapsed - killed < .milliseconds(1))
    #expect(try house.queue.details(runID("run")).attempts.map(\.outcome) == ["lost", nil])
  }

  @Test(arguments: 0..<12 as Range<UInt64>)
  func `a run that hangs is ended and claimed again when its lease is over`(seed: UInt64) throws {
    let house = try idleHouse(seed)
    try house.submit("run")
    try house.simulation.run(until: .seconds(100)) { try isRunning("run", house) && !house.processes.alive.isEmpty }
    let process = try #require(house.processes.alive.first)

    process.stop()
    house.workers.forEach { $0.stop() }
    let stopped = house.simulation.elapsed
    try house.startWorker()
    try house.simulation.run(until: stopped + .seconds(100)) { try attempt("run", house) == 2 }

    #expect(try attempt("run", house) == 2)
    #expect(process.isDead)
    // The lease, and two heartbeats in which a set clock would be found out.
    #expect(house.simulation.elapsed - stopped >= SimulatedHouse.lease - .seconds(1))
    #expect(house.simulation.elapsed - stopped <= SimulatedHouse.lease * 4 / 3 + .seconds(1))
  }

  @Test(arguments: 0..<12 as Range<UInt64>)
  func `a run that hangs and cannot be ended stays where it is until it can`(seed: UInt64) throws {
    let house = try idleHouse(seed)
    try house.submit("run")
    try house.simulation.run(until: .seconds(100)) { try isRunning("run", house) && !house.processes.alive.isEmpty }
    let process = try #require(house.processes.alive.first)
    process.setUnkillable(true)
    process.stop()
    house.workers.forEach { $0.stop() }
    let stopped = house.simulation.elapsed
    try house.startWorker()

    try house.simulation.run(until: stopped + .seconds(60)) { try attempt("run", house) == 2 }
    let before = try attempt("run", house)
    process.setUnkillable(false)
    try house.simulation.run(until: stopped + .seconds(70)) { try attempt("run", house) == 2 }

    #expect(before == 1)
    #expect(try attempt("run", house) == 2)
    #expect(house.disk.breaches == [])
  }

  @Test(arguments: [3600, -3600])
  func `a clock that is set takes no run from a worker that lives`(seconds: Int) throws {
    let house = try idleHouse(1)
    try house.startWorker()
    try house.submit("run", JobOptions(timeout: .seconds(1000)))
    try house.simulation.run(until: .seconds(100)) { try isRunning("run", house) }

    house.simulation.stepClock(by: .seconds(seconds))
    try house.simulation.run(until: house.simulation.elapsed + .seconds(100)) {
      try house.queue.details(runID("run")).job.state.isFinal
    }

    #expect(try house.queue.details(runID("run")).attempts.map(\.outcome) == ["succeeded"])
  }

  @Test func `an idle worker wakes up at most twice in a second`() throws {
    let house = try idleHouse(1)
    let before = house.simulation.timersFired

    try house.simulation.run(until: house.simulation.elapsed + .seconds(100))

    #expect(house.simulation.timersFired - before <= 200)
    #expect(house.simulation.timersFired - before >= 100)
  }

  /// A house with a worker that has nothing to do, at some moment between two of its looks.
  private func idleHouse(_ seed: UInt64, bellLossPerHundred: Int = 0) throws -> SimulatedHouse {
    let house = try SimulatedHouse(seed: seed, on: file, bellLossPerHundred: bellLossPerHundred)
    try house.startWorker()
    try house.simulation.run(until: .milliseconds(3000 + house.simulation.pick(3000)))
    return house
  }

  private func isRunning(_ name: String, _ house: SimulatedHouse) throws -> Bool {
    try house.queue.details(runID(name)).job.state == .running
  }

  private func attempt(_ name: String, _ house: SimulatedHouse) throws -> Int64 {
    try house.queue.details(runID(name)).job.attempt
  }
}
