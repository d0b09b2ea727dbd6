package import PrepaperHTTP
import PrepaperPrograms

/// A source of bars, and what lacks to use it.
package struct SourceEntry {
  /// What it is.
  package let source: NamedSource
  /// The names of the keys that it takes.
  package let secretNames: [String]
  /// What lacks to use it, in words.
  package let problems: [String]

  /// The source, and which of its keys there are.
  package init(_ source: NamedSource, secrets: SecretStore) {
    self.source = source
    secretNames =
      switch source.kind {
      case .http(let descriptor): descriptor.secretNames
      case .exec: []
      }
    problems = secretNames.compactMap { secrets.problem(with: $0) }
  }

  /// The lengths of bars that it has, by their names; none where it does not say.
  package var timeframes: [String] {
    switch source.kind {
    case .http(let descriptor): descriptor.timeframeNames
    case .exec: []
    }
  }

  /// How its prices are adjusted.
  package var adjustment: String {
    switch source.kind {
    case .http(let descriptor): descriptor.adjustment
    case .exec(let registration): registration.adjustment
    }
  }

  /// What there is to say about it: a summary, or the path of its program.
  package var about: String {
    switch source.kind {
    case .http(let descriptor): descriptor.summary
    case .exec(let registration): registration.command.path
    }
  }
}
