extension JSONValue {
  /// The path of the first member, keys in byte order, in which two values differ, or nil.
  ///
  /// Top-level members of the names `ignored` are passed over.
  package func firstDifference(to other: JSONValue, ignoring ignored: Set<String> = []) -> String? {
    guard case .object(let left) = self, case .object(let right) = other else { return isSame(as: other) ? nil : "" }
    let keys = Set(left.keys).union(right.keys).sorted(by: precedesByBytes)
    for key in keys where !ignored.contains(key) {
      guard let mine = left[key], let theirs = right[key] else { return key }
      if let path = mine.firstDifference(to: theirs) { return path.isEmpty ? key : "\(key).\(path)" }
    }
    return nil
  }

  /// Whether two values are the same, texts byte for byte.
  ///
  /// `==` takes two spellings of a character for one; in a path they are two files.
  func isSame(as other: JSONValue) -> Bool {
    switch (self, other) {
    case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
    case (.array(let left), .array(let right)):
      left.count == right.count && zip(left, right).allSatisfy { $0.isSame(as: $1) }
    case (.object(let left), .object(let right)):
      left.count == right.count && left.allSatisfy { key, value in right[key]?.isSame(as: value) == true }
    default: self == other
    }
  }
}
