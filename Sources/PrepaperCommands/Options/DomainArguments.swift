import ArgumentParser
import PrepaperDomain

extension CalendarName: ExpressibleByArgument {}

extension Symbol: ExpressibleByArgument {
  init?(argument: String) { self.init(argument) }
}

extension Timeframe: ExpressibleByArgument {
  init?(argument: String) { self.init(parsing: argument) }
}

extension WindowBound: ExpressibleByArgument {
  init?(argument: String) { self.init(parsing: argument) }
}

extension RunID {
  /// The id in an argument of the command line.
  ///
  /// - Throws: `ValidationError`, before a path is built from it.
  static func argument(_ text: String, _ name: String) throws -> RunID {
    guard let id = RunID(text) else {
      throw ValidationError("\(name) is '\(text)'; an id is \(RunID.rule), without '/' or '..'.")
    }
    return id
  }
}
