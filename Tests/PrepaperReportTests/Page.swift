import PrepaperJSON

/// A page as a test reads it: its tags, one by one.
struct Page {
  /// A tag as it stands in the text, without its brackets.
  struct Tag {
    let text: Substring

    /// The element's name.
    var name: Substring {
      text.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber || $0 == "!" }
    }

    /// Whether it ends an element.
    var isEnd: Bool { text.hasPrefix("/") }

    /// The value of an attribute; nil where it has none.
    subscript(attribute: String) -> String? {
      guard let start = text.firstRange(of: " \(attribute)=\"")?.upperBound else { return nil }
      return String(text[start...].prefix { $0 != "\"" })
    }

    /// An attribute as a number.
    func number(_ attribute: String) -> Double? { self[attribute].flatMap { Double($0) } }

    /// Whether the element has all of these classes.
    func has(_ classes: String...) -> Bool {
      let own = self["class"]?.split(separator: " ").map(String.init) ?? []
      return classes.allSatisfy(own.contains)
    }
  }

  private static let empty: Set<Substring> = ["!DOCTYPE", "meta", "br"]

  /// The tags in their order; nil where a bracket stands alone.
  let tags: [Tag]

  /// The tags of a text.
  init?(_ text: String) {
    var tags: [Tag] = []
    var rest = text[...]
    while let start = rest.firstIndex(of: "<") {
      guard let end = rest[start...].firstIndex(of: ">") else { return nil }
      let inner = rest[rest.index(after: start)..<end]
      guard !inner.contains("<") else { return nil }
      tags.append(Tag(text: inner))
      rest = rest[rest.index(after: end)...]
    }
    self.tags = tags
  }

  /// The first element whose end is not where it should be; nil where there is none.
  var firstUnbalanced: String? {
    var open: [Substring] = []
    for tag in tags where !Self.empty.contains(tag.name) && !tag.text.hasSuffix("/") {
      if !tag.isEnd {
        open.append(tag.name)
      } else if open.popLast() != tag.name {
        return String(tag.text)
      }
    }
    return open.last.map(String.init)
  }

  /// The starts of all elements of that name.
  func elements(_ name: String) -> [Tag] { tags.filter { !$0.isEnd && $0.name == name } }
}

extension String {
  /// How often a text stands in this one.
  func count(of text: String) -> Int { ranges(of: text).count }

  /// The text of a section, from its id to the end of it.
  func section(_ id: String) -> String? {
    guard let start = firstRange(of: "<section id=\"\(id)\">")?.lowerBound else { return nil }
    let rest = self[start...]
    let next = rest.dropFirst().firstRange(of: "<section id=")?.lowerBound ?? rest.endIndex
    return String(rest[..<next])
  }
}
