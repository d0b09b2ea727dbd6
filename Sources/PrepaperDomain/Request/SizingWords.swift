/// The words of a sizing's text, read one by one: a method, and numbers by name.
struct SizingWords {
  let method: String
  private let text: String
  private var numbers: [(name: String, number: ExactDecimal)] = []
  private var known: [String] = []

  init(_ text: String) throws(RunError) {
    self.text = text
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    method = String(parts[0])
    guard parts.count == 2 else { throw error("a method and its numbers are wanted, fixed:quantity=100") }
    for word in parts[1].split(separator: ",", omittingEmptySubsequences: false) {
      let halves = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard halves.count == 2 else { throw error("'\(word)' is not NAME=NUMBER") }
      let name = String(halves[0])
      guard !numbers.contains(where: { $0.name == name }) else { throw error("\(name) stands twice") }
      numbers.append((name, try number(String(halves[1]), of: name)))
    }
  }

  /// A number that must be there.
  mutating func required(_ name: String) throws(RunError) -> ExactDecimal {
    guard let number = try optional(name) else { throw error("\(name) is required") }
    return number
  }

  /// A number that must be there, at most a hundred.
  mutating func percent(_ name: String) throws(RunError) -> ExactDecimal {
    let number = try required(name)
    guard number <= .hundred else { throw error("\(name) must be at most 100, is \(number)") }
    return number
  }

  /// A number that may be there.
  mutating func optional(_ name: String) throws(RunError) -> ExactDecimal? {
    known.append(name)
    return numbers.first { $0.name == name }?.number
  }

  /// Ends the reading: every name must have been asked for.
  func finish() throws(RunError) {
    for (name, _) in numbers where !known.contains(name) {
      throw error("'\(name)' is not known to \(method); known are: \(known.joined(separator: ", "))")
    }
  }

  /// The error of the text.
  func error(_ problem: String) -> RunError {
    RunError(.paramsInvalid, "sizing '\(text)': \(problem)")
  }

  private func number(_ digits: String, of name: String) throws(RunError) -> ExactDecimal {
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard
      let number = ExactDecimal(parsing: digits), parts[0].utf8.count <= 15,
      parts.dropFirst().allSatisfy({ $0.utf8.count <= 9 })
    else {
      throw error("\(name) must be plain digits, at most 15 and 9 after the point, is '\(digits)'")
    }
    guard number > .zero else { throw error("\(name) must be above zero") }
    return number
  }
}
