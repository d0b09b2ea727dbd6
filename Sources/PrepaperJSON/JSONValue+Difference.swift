extension JSONValue {
  /// The path of the first member, keys in byte order, in which two values differ, or nil.
  ///
  /// Top-level members of the names `ignored` are passed over.
  package func firstDifference(to other: JSONValue, ignoring ignored: Set<String> = []) -> String? {
    guard case .object(let left) = self, case .object(let right) = other else { return self == other ? nil : "" }
    let keys = Set(left.keys).union(right.keys).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    for key in keys where !ignored.contains(key) {
      guard let mine = left[key], let theirs = right[key] else { return key }
      if let path = mine.firstDifference(to: theirs) { return path.isEmpty ? key : "\(key).\(path)" }
    }
    return nil
  }
}
