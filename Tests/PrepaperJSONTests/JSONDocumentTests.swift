import PrepaperDomain
import PrepaperJSON
import PrepaperTestSupport
import Testing

@Suite struct JSONDocumentTests {
  @Test(arguments: [0, 1, 2, 5000])
  func `a document is written as the value that it stands for, whatever its length`(count: Int) throws {
    var generator = SeededRandom(seed: UInt64(count) + 1)
    let items = (0..<count).map { _ in JSONValue.random(using: &generator) }
    let document = JSONDocument.object([
      "list": .list(count: count) { items[$0] },
      "members": .members(count: count) { (number($0), items[$0]) },
      "inner": .object(["a": .value(.array(items)), "b": .list(count: 1) { _ in .null }]),
      "text": .value(.string("größer")),
    ])

    var pieces: [[UInt8]] = []
    CanonicalJSON.pretty(document) { pieces.append($0) }

    #expect(Array(pieces.joined()) == CanonicalJSON.pretty(document.json))
    #expect(pieces.count > (count > 1000 ? 3 : 0))
    #expect(pieces.dropLast().allSatisfy { $0.count >= 1 << 16 })
    guard case .object(let members)? = document.json["members"], case .array(let list)? = document.json["list"] else {
      Issue.record("no members")
      return
    }
    #expect(members.count == count)
    #expect(list == items)
  }

  @Test func `an error of who writes is thrown`() throws {
    let document = JSONDocument.list(count: 100_000) { .integer(Int64($0)) }
    var pieces = 0

    let error = #expect(throws: RunError.self) {
      try CanonicalJSON.pretty(document) { _ throws(RunError) in
        pieces += 1
        if pieces == 2 { throw RunError(.diskFull, "full") }
      }
    }

    #expect(error == RunError(.diskFull, "full"))
    #expect(pieces == 2)
  }

  /// Seven digits, so that the order of numbers is that of texts.
  private func number(_ index: Int) -> String { String("\(10_000_000 + index)".dropFirst()) }
}
