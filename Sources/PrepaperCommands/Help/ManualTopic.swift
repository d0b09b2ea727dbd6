internal import CManual

/// A topic of the manual, which the program carries along.
struct ManualTopic {
  /// The name by which `prepaper help` knows it.
  let name: String
  /// Markdown: a title, a sentence that says what the topic is, and the rest.
  let text: String

  /// All topics, in the order in which one reads them.
  static var all: [ManualTopic] {
    (0..<manual_topic_count()).map { number in
      let topic = unsafe manual_topic_at(number)
      let bytes = unsafe UnsafeBufferPointer(start: topic.text, count: topic.length)
      return unsafe ManualTopic(name: String(cString: topic.name), text: String(decoding: bytes, as: UTF8.self))
    }
  }

  /// The sentence under the title.
  var summary: String {
    let lines = text.split(separator: "\n", maxSplits: 2)
    return lines.count > 1 ? String(lines[1]) : ""
  }
}
