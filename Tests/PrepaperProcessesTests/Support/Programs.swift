import PrepaperProcesses

/// A few lines of `sh` as a program.
func shell(_ text: String, _ arguments: [String] = []) -> ProcessStart {
  ProcessStart("/bin/sh", ["-c", text, "sh"] + arguments, environment: ["PATH": "/usr/bin:/bin"])
}

/// A few lines of Python as a program.
func python(_ text: String) -> ProcessStart { ProcessStart("/usr/bin/python3", ["-c", text]) }
