extension String {
  /// The text, or its beginning where it has more characters than that, and then it says so.
  func cut(to longest: Int) -> String {
    guard let end = index(startIndex, offsetBy: longest, limitedBy: endIndex), end != endIndex else { return self }
    return "\(self[..<end])… (cut)"
  }
}
