import PrepaperDomain
import PrepaperJSON
import Testing

@Suite struct FactsTests {
  @Test func `facts read the same however they are kept`() throws {
    let time = try instant("2025-01-01T10:30:00Z")
    let kept = Facts([.number(1.5), .number(.nan), .instant(time)], names: ["a", "b", "ts"])
    let members: [String: JSONValue] = ["a": .double(1.5), "b": .null, "ts": .string("2025-01-01T10:30:00Z")]

    #expect(kept.members == members)
    #expect(kept == Facts(members))
    #expect(kept.hashValue == Facts(members).hashValue)
    #expect(kept != Facts([.number(1.25), .number(.nan), .instant(time)], names: ["a", "b", "ts"]))
  }
}
