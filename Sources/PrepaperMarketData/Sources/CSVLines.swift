/// The lines of a text, each as its fields between commas.
struct CSVLines {
  private let bytes: [UInt8]
  private var position = 0
  private var fields: [ArraySlice<UInt8>] = []

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Whether nothing but line ends is left.
  var isAtEnd: Bool { bytes[position...].allSatisfy { $0 == 0x0a || $0 == 0x0d } }

  /// The fields of the next line without its end, or nil after the last one.
  mutating func next() -> [ArraySlice<UInt8>]? {
    guard position < bytes.count else { return nil }
    fields.removeAll(keepingCapacity: true)
    var start = position
    var index = position
    while index < bytes.count, bytes[index] != 0x0a {
      if bytes[index] == 0x2c {
        fields.append(bytes[start..<index])
        start = index + 1
      }
      index += 1
    }
    position = min(index + 1, bytes.count)
    let end = index > start && bytes[index - 1] == 0x0d ? index - 1 : index
    fields.append(bytes[start..<end])
    return fields
  }
}
