/// The exit codes of `prepaper`; 64 to 78 are those of `sysexits.h`.
enum ExitStatus: Int32 {
  case failed = 1
  case noSuchRun = 3
  case noSignals = 5
  case usage = 64
  case data = 65
  case inputMissing = 66
  case cannotWrite = 73
  case tryAgain = 75
  case configuration = 78
}
