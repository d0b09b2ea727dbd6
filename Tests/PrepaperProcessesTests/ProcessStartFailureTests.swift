import Glibc
import PrepaperProcesses
import PrepaperTestSupport
import Testing

@Suite(.timeLimit(.minutes(2)))
struct ProcessStartFailureTests {
  private func failure(_ start: ProcessStart) -> ProcessStartFailure? {
    do throws(ProcessStartFailure) {
      try start.start().wait()
      return nil
    } catch {
      return error
    }
  }

  @Test func `a program that is not there, may not be executed or is none says why`() throws {
    let directory = try TemporaryDirectory()
    // Copied by a process of its own: a program that another test starts at this moment would hold a file of ours open.
    let text = "\(directory.path)/text"
    let copy = try ProcessStart("/bin/cp", [directory.write("text", to: "draft"), text]).start().wait()
    #expect(copy.exitStatus == 0)
    #expect(unsafe chmod(text, 0o755) == 0)

    let reasons = ["/nowhere/program", "/etc/passwd", directory.path, text].map { failure(ProcessStart($0)) }

    #expect(reasons.map { $0?.code } == [ENOENT, EACCES, EACCES, ENOEXEC])
    #expect(reasons.allSatisfy { $0?.isOutOfResources == false })
    #expect(reasons[0]?.description == "cannot start /nowhere/program: No such file or directory")
  }

  @Test func `so does one whose directory is not there, or that is given what is not open`() {
    #expect(failure(ProcessStart("/bin/true", directory: "/nowhere"))?.code == ENOENT)
    #expect(failure(ProcessStart("/bin/true", descriptors: [0: 1_000_000]))?.code == EBADF)
    #expect(failure(ProcessStart("/bin/true", descriptors: [0: -1]))?.code == EBADF)
  }

  @Test(arguments: [(EAGAIN, true), (ENOMEM, true), (EMFILE, true), (ENFILE, true), (ENOENT, false), (ETXTBSY, false)])
  func `what passes by itself is told from what does not`(code: Int32, passes: Bool) {
    let failure = ProcessStartFailure(program: "/p", code: code)

    #expect(failure.isOutOfResources == passes)
    let answer = unsafe String(cString: strerror(code))
    #expect(failure.reason == answer)
  }

  @Test func `where a confined one is not found, it is said what is needed for it`() {
    let failures = [ENOENT, EACCES, EMFILE].map { ProcessStartFailure(program: "/p", code: $0, isConfined: true) }

    #expect(
      failures.map { $0.reason.hasSuffix("setpriv and prlimit of util-linux are needed for it") } == [
        true, true, false,
      ])
  }

  @Test func `too few descriptors are a want of resources, and none of them is lost`() async {
    await #expect(processExitsWith: .success) {
      var limit = rlimit()
      unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
      limit.rlim_cur = 64
      unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
      // What Dispatch opens once for all waits must be open before anything is counted: this waits once.
      var looks = 0
      try await eventually("a second look") {
        looks += 1
        return looks == 2
      }
      let free = descriptorsLeft
      let needed = 9
      for left in 0...needed {
        let taken = takeDescriptors(leaving: left)
        do throws(ProcessStartFailure) {
          let process = try await PipedProcess.start(
            ProcessStart("/bin/true"), grace: .zero, output: { _, _ in true }, errors: { _ in })
          _ = await process.end()
          #expect(left == needed)
        } catch {
          #expect(left < needed)
          #expect(error == ProcessStartFailure(program: "/bin/true", code: EMFILE))
        }
        if left == 0 {
          #expect(throws: ProcessStartFailure(program: "p", code: EMFILE)) { try PipeEnds(to: "p") }
          #expect(throws: ProcessStartFailure(program: "p", code: EMFILE)) { try SealedInput([1], to: "p") }
        }
        for descriptor in taken { close(descriptor) }
        // The thread that could not start it may not be gone yet.
        try await eventually("all descriptors are back", within: .seconds(30)) { descriptorsLeft == free }
      }
    }
  }
}

/// Opens all descriptors that this process may still have but so many.
private func takeDescriptors(leaving left: Int) -> [Int32] {
  var taken: [Int32] = []
  var descriptor = dup(STDERR_FILENO)
  while descriptor >= 0 {
    taken.append(descriptor)
    descriptor = dup(STDERR_FILENO)
  }
  for _ in 0..<min(left, taken.count) { close(taken.removeLast()) }
  return taken
}

/// How many descriptors this process may still have.
private var descriptorsLeft: Int {
  let taken = takeDescriptors(leaving: 0)
  for descriptor in taken { close(descriptor) }
  return taken.count
}
