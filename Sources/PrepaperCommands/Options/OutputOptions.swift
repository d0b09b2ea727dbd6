import ArgumentParser

/// How a command answers.
struct OutputOptions: ParsableArguments {
  @Flag(help: "Answer with one JSON object on stdout, errors too.")
  var json = false

  var output: CommandOutput { CommandOutput(isJSON: json) }
}
