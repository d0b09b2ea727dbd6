import ArgumentParser

/// How long a command waits.
struct WaitOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How long to wait, at most (without: for ever); then exit code 124, and the run goes on.", valueName: "seconds"))
  var timeout: Double?

  mutating func validate() throws {
    guard (0...31_536_000).contains(timeout ?? 0) else {
      throw ValidationError("--timeout must be 0 to 31536000 seconds.")
    }
  }

  var limit: Duration? { timeout.map { .seconds($0) } }
}
