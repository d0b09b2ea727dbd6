import Foundation
import PrepaperDomain
import PrepaperPipeline
import PrepaperProcesses
import PrepaperPrograms
import PrepaperTestSupport
import Testing

/// Where a strategy's program may write.
@Suite(.timeLimit(.minutes(2)))
struct StrategyScratchTests {
  /// A program that tells what is in its directory, writes at some places, and says where it could.
  private func script(_ places: [String]) throws -> Script {
    let writes = places.map { "echo seen >\"\($0)\" && echo \"wrote \($0)\" >&2" }.joined(separator: "\n")
    return try Script.shell(
      """
      cat >/dev/null
      echo "starts with $(ls -A . | wc -l) files in $(pwd)" >&2
      [ "$HOME" = "$(pwd)" ] && [ "$TMPDIR" = "$HOME" ] && echo "at home" >&2
      { \(writes)
      mkdir inner && echo x >inner/x && mv inner/x y && rm y && echo "moved" >&2; } 2>&1 | grep -v denied >&2
      echo gone >/dev/null && echo '\(doneLine)'
      """)
  }

  @Test(.enabled(if: Confinement.canLimitWrites, "this kernel has no Landlock"))
  func `a program writes in a directory that is new for each start, and nowhere else`() async throws {
    // Given places that anybody may write
    let open = try TemporaryDirectory()
    let name = "prepaper-test-\(UUID().uuidString)"
    let outside = ["\(open.path)/kept", "/tmp/\(name)", "/dev/shm/\(name)"]
    let (first, second) = (Said(), Said())

    for errors in [first, second] { _ = try await run(script(outside + ["kept"]), errors: errors) }

    for said in [first.all, second.all] {
      #expect(said.first?.hasPrefix("starts with 0 files in /tmp/prepaper.") == true, "\(said)")
      #expect(said.dropFirst() == ["at home", "wrote kept", "moved"])
    }
    #expect(first.all.first != second.all.first)
    for path in outside { #expect(!FileManager.default.fileExists(atPath: path)) }
    for said in [first, second] {
      let path = said.all.first?.split(separator: " ").last.map(String.init) ?? "/"
      #expect(!FileManager.default.fileExists(atPath: path))
    }
  }

  @Test(.enabled(if: Confinement.canLimitWrites, "this kernel has no Landlock"))
  func `a program without such a directory writes where it may, also after others`() async throws {
    let directory = try TemporaryDirectory()
    _ = try await run(script([]))
    let script = try Script.shell("echo x >\(directory.path)/y")

    let process = try await ProgramProcess.start(
      script.command, limits: nil, mark: nil, output: { _, _ in true },
      errors: { _ in }
    )
    process.closeInput()

    #expect(await process.end().isSuccess)
    #expect(try String(contentsOfFile: "\(directory.path)/y", encoding: .utf8) == "x\n")
  }

  @Test func `what a program has closed to itself is removed as well`() async throws {
    let errors = Said()
    let script = try Script.shell(
      """
      cat >/dev/null
      mkdir -p a/b && echo x >a/b/c && ln -s / a/root && chmod 0 a/b a . 2>/dev/null
      pwd >&2
      echo '\(doneLine)'
      """)

    _ = try await run(script, errors: errors)

    let path = try #require(errors.all.first)
    #expect(path.hasPrefix("/tmp/prepaper."))
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func `a directory that cannot be made ends the run with what to do`() async throws {
    let folder = try Registered()
    try folder.add(strategy: "own", try printing(doneLine))
    let runner = try StrategyCatalog(folders: folder.folders, temporary: "/nowhere")
      .runner(key: "own", parameters: [:], timeframe: .m5, symbols: [])

    let error = await #expect(throws: RunError.self) { try await runner.run { nil } }

    #expect(error?.code == .cannotWrite)
    #expect(
      error?.message
        == "cannot make a directory for a program in /nowhere: No such file or directory; set TMPDIR")
  }

  @Test func `a run is warned where the kernel limits nobody`() throws {
    let folder = try Registered()
    try folder.add(strategy: "own", try printing(doneLine))
    let runner = try StrategyCatalog(folders: folder.folders)
      .runner(key: "own", parameters: [:], timeframe: .m5, symbols: [])

    #expect(runner.warnings.isEmpty == Confinement.canLimitWrites)
  }
}
