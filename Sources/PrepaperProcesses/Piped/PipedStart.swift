internal import CLinux
internal import Glibc

/// A process that was just started, with this side's ends of its pipes, none of which blocks.
struct PipedStart {
  let process: StartedProcess
  /// Where its input is written, its output and its errors are read, and its end is seen.
  let input, output, errors, end: Int32

  /// Starts a process with pipes for its standard input, output and error.
  init(_ start: ProcessStart) throws(ProcessStartFailure) {
    var start = start
    var own: [Int32] = []
    var isStarted = false
    defer { if !isStarted { for descriptor in own { close(descriptor) } } }
    var theirs: [Int32] = []
    defer { for descriptor in theirs { close(descriptor) } }
    for number in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
      let pipe = try PipeEnds(to: start.program)
      let (mine, other) = number == STDIN_FILENO ? (pipe.write, pipe.read) : (pipe.read, pipe.write)
      own.append(mine)
      theirs.append(other)
      _ = fcntl(mine, F_SETFL, O_NONBLOCK)
      start.descriptors[number] = other
    }
    process = try start.start()
    end = pidfd_open(process.processID, 0)
    guard end >= 0 else {
      let code = errno
      process.signalGroup(SIGKILL)
      process.wait()
      throw ProcessStartFailure(program: start.program, code: code)
    }
    isStarted = true
    (input, output, errors) = (own[0], own[1], own[2])
  }
}
