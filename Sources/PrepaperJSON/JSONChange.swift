/// A member in which two JSON values differ.
package struct JSONChange: Hashable, Sendable {
  /// Where it is: `params.tick_size`, `inputs.bars[0].sha256`.
  package let path: String
  /// What it was and what it is; nil where it was not, or is not, there.
  package let before, after: JSONValue?

  /// A change of these parts.
  package init(path: String, before: JSONValue?, after: JSONValue?) {
    self.path = path
    self.before = before
    self.after = after
  }

  /// The member as `--json` shows it.
  package var json: JSONValue {
    .object(["path": .string(path), "before": before ?? .null, "after": after ?? .null])
  }
}

extension JSONValue {
  /// Every member in which another value differs from this one, in the order of the paths.
  ///
  /// Arrays are held against each other item by item: `[1, 2]` and `[1, 2, 3]` differ in `[2]`.
  package func changes(to other: JSONValue) -> [JSONChange] {
    var changes: [JSONChange] = []
    Self.collect(self, other, at: "", into: &changes)
    return changes
  }

  private static func collect(
    _ before: JSONValue?, _ after: JSONValue?, at path: String, into changes: inout [JSONChange]
  ) {
    switch (before, after) {
    case (.object(let left)?, .object(let right)?):
      for key in Set(left.keys).union(right.keys).sorted(by: precedesByBytes) {
        collect(left[key], right[key], at: path.isEmpty ? key : "\(path).\(key)", into: &changes)
      }
    case (.array(let left)?, .array(let right)?):
      for index in 0..<max(left.count, right.count) {
        collect(
          index < left.count ? left[index] : nil, index < right.count ? right[index] : nil, at: "\(path)[\(index)]",
          into: &changes)
      }
    case (let left?, let right?) where left.isSame(as: right): break
    default: changes.append(JSONChange(path: path, before: before, after: after))
    }
  }
}
