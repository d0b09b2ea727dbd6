import PrepaperJSON
import Testing

@testable import PrepaperCommands

@Suite struct OutputTests {
  @Test func `an answer is one line of JSON that names its schema`() {
    let line = CommandOutput(isJSON: true).text(["b": .integer(1), "a": .null])
    #expect(line == #"{"a":null,"b":1,"schema_version":"1.0.0"}"# + "\n")
  }

  @Test func `an answer with a schema of its own keeps it`() {
    let line = CommandOutput(isJSON: true).text(["schema_version": .string("2.0.0")])
    #expect(line == #"{"schema_version":"2.0.0"}"# + "\n")
  }

  @Test func `a failure in JSON is its code and its words`() {
    #expect(
      CommandFailure("cannot_write", "no room", .cannotWrite).json
        == .object(["code": .string("cannot_write"), "message": .string("no room")]))
  }

  @Test func `a duration in JSON has a fraction only where there is one`() {
    #expect(Duration?.some(.seconds(3)).json == .integer(3))
    #expect(Duration?.some(.milliseconds(1500)).json == .double(1.5))
    #expect(Duration?.none.json == .null)
  }
}
