import PrepaperDomain
import PrepaperJSON
import PrepaperTestSupport
import Testing

@Suite struct `workers that are killed and stopped at random` {
  @Test(.timeLimit(.minutes(15)))
  func `lose nothing, do nothing twice, and leave a history that obeys the rules`() throws {
    let program = try Program(["PREPAPER": Program.path])

    let result = try program.tool("\(Program.packageRoot)/scripts/torture", "--runs", "120", "--seed", "11")

    #expect(result.status == 0, "\(result.errors)")
    guard result.status == 0 else { return }
    let answer = try result.json
    #expect(answer["attempts"]?["attempts_succeeded"] == .integer(120))
    // Without a blow that met an attempt, nothing is proven.
    #expect(answer["attempts"]?["attempts_lost"] != .integer(0))
  }
}
