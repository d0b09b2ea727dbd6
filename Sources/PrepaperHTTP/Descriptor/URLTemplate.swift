/// A text with `{symbol}`, `{timeframe}`, `{from}` and `{to}` in it, to be filled for a request.
struct URLTemplate: Sendable {
  /// What is filled in.
  enum Placeholder: String, CaseIterable, Sendable {
    case symbol, timeframe, from, to
  }

  private enum Part {
    case text(String)
    case placeholder(Placeholder)
  }

  private let parts: [Part]

  /// The template in a text, or what is wrong with it.
  init(_ text: String) throws(Problem) {
    var parts: [Part] = []
    var rest = text[...]
    while let brace = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
      guard rest[brace] == "{", let end = rest[brace...].firstIndex(of: "}") else {
        throw Problem(description: "has a brace without its other half")
      }
      let name = rest[rest.index(after: brace)..<end]
      guard let placeholder = Placeholder(rawValue: String(name)) else {
        let known = Placeholder.allCases.map { "{\($0.rawValue)}" }.joined(separator: ", ")
        throw Problem(description: "has {\(name)}; there are \(known)")
      }
      if brace > rest.startIndex { parts.append(.text(String(rest[..<brace]))) }
      parts.append(.placeholder(placeholder))
      rest = rest[rest.index(after: end)...]
    }
    if !rest.isEmpty { parts.append(.text(String(rest))) }
    self.parts = parts
  }

  /// What is wrong with a template, to be said after its name.
  struct Problem: Error {
    let description: String
  }

  /// Whether something is to be filled in.
  func has(_ wanted: Placeholder) -> Bool {
    parts.contains { part in
      if case .placeholder(let placeholder) = part { placeholder == wanted } else { false }
    }
  }

  /// The text with its gaps filled.
  func filled(_ value: (Placeholder) -> String) -> String {
    parts.map { part in
      switch part {
      case .text(let text): text
      case .placeholder(let placeholder): value(placeholder)
      }
    }.joined()
  }
}
