import Foundation
import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import PrepaperTestSupport
import Testing

@Suite struct StagingDirectoryTests {
  @Test(arguments: ["", "{}", "größer\n", String(repeating: "0123456789abcdef", count: 100_000)])
  func `a file has the bytes and the digest of what was written`(text: String) throws {
    let sample = try SampleStaging()
    let staging = try sample.stage()

    let file = try staging.files.write(Array(text.utf8), to: "plan.json")

    #expect(file == ArtifactFile(path: "plan.json", bytes: text.utf8.count, sha256: sha256Hex(text)))
    #expect(try sample.directory.read("prepaper/.staging/run-1.1/plan.json") == text)
  }

  @Test func `a file written in pieces is all of them, and so is its digest`() throws {
    let sample = try SampleStaging()
    let staging = try sample.stage()
    let pieces = (0..<100).map { number in String(repeating: "\(number),", count: 1000) }

    let file = try staging.files.write(to: "plan.json") { write throws(RunError) in
      for piece in pieces { try write(Array(piece.utf8)) }
    }

    let text = pieces.joined()
    #expect(file == ArtifactFile(path: "plan.json", bytes: text.utf8.count, sha256: sha256Hex(text)))
    #expect(try sample.directory.read("prepaper/.staging/run-1.1/plan.json") == text)
  }

  @Test func `the directories of a file are made`() throws {
    let sample = try SampleStaging()
    let staging = try sample.stage()

    let files = try ["bars/SPY.M1.csv", "bars/SPY.M5.csv", "reports/2013/october.html"].map { path in
      try staging.files.write(Array("x".utf8), to: path)
    }
    try staging.seal()

    #expect(files.map(\.path) == ["bars/SPY.M1.csv", "bars/SPY.M5.csv", "reports/2013/october.html"])
    #expect(try sample.directory.read("prepaper/.staging/run-1.1/reports/2013/october.html") == "x")
  }

  @Test func `a file is written once`() throws {
    let sample = try SampleStaging()
    let staging = try sample.stage()
    _ = try staging.files.write(Array("first".utf8), to: "plan.json")

    let error = #expect(throws: RunError.self) { try staging.files.write(Array("second".utf8), to: "plan.json") }

    #expect(
      error
        == RunError(.cannotWrite, "cannot create \(sample.root.path)/prepaper/.staging/run-1.1/plan.json: File exists"))
    #expect(try sample.directory.read("prepaper/.staging/run-1.1/plan.json") == "first")
  }

  @Test func `below a file nothing can be written`() throws {
    let sample = try SampleStaging()
    let staging = try sample.stage()
    _ = try staging.files.write([], to: "bars")

    let error = #expect(throws: RunError.self) { try staging.files.write([], to: "bars/SPY.M1.csv") }

    #expect(error?.code == .cannotWrite)
    #expect(error?.message.hasSuffix("/prepaper/.staging/run-1.1/bars/SPY.M1.csv: Not a directory") == true)
  }

  @Test func `a root that is a file or not there cannot be written`() throws {
    let directory = try TemporaryDirectory()
    try directory.write("", to: "file")
    let runID = try #require(RunID("run-1"))

    for path in ["\(directory.path)/file", "\(directory.path)/nowhere"] {
      let error = #expect(throws: RunError.self) {
        try StagingDirectory(root: ArtifactsRoot(path: path), runID: runID, attempt: 1)
      }

      #expect(error?.code == .cannotWrite)
      #expect(error?.message.hasPrefix("cannot make directory \(path)/prepaper: ") == true)
    }
  }

  @Test(arguments: ["prepaper", "prepaper/.staging", "prepaper/.staging/run-1.1"])
  func `a file in the place of a directory is no staging`(path: String) throws {
    let sample = try SampleStaging()
    try sample.directory.write("kept", to: path)

    let error = #expect(throws: RunError.self) { try sample.stage() }

    #expect(error?.code == .cannotWrite)
    #expect(error?.message.hasSuffix(": Not a directory") == true)
    #expect(try sample.directory.read(path) == "kept")
  }

  @Test func `what is discarded leaves nothing`() throws {
    let sample = try SampleStaging()
    let staging = try sample.stage()
    _ = try staging.files.write([], to: "plan.json")
    _ = try staging.files.write([], to: "bars/SPY.M1.csv")
    try staging.seal()

    try staging.staged.discard()
    try staging.staged.discard()

    #expect(try sample.names() == [".staging"])
  }
}
