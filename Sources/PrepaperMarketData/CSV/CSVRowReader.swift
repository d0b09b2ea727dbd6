import PrepaperDomain

/// Which field of a row is which column, as the header says.
struct CSVColumns {
  /// What a field is to a bar.
  enum Role {
    case time, open, high, low, close, volume, passedOver
  }

  /// The place of each column among the fields.
  let time, open, high, low, close, volume: Int
  /// What each field is, in order.
  let roles: [Role]

  /// - Throws: `RunError` that `invalid` makes of what is wrong.
  init(header: [ArraySlice<UInt8>], invalid: (String) -> RunError) throws(RunError) {
    var places: [String: Int] = [:]
    let names = header.map { String(decoding: $0, as: UTF8.self).lowercased().filter { $0 != "\u{feff}" } }
    for (index, name) in names.enumerated() {
      let column = ["timestamp", "time", "datetime", "date"].contains(name) ? "ts" : name
      guard places.updateValue(index, forKey: column) == nil else { throw invalid("column '\(name)' stands twice") }
    }
    func place(_ column: String) throws(RunError) -> Int {
      guard let index = places[column] else {
        throw invalid("column '\(column)' is missing; the header has \(names.joined(separator: ","))")
      }
      return index
    }
    time = try place("ts")
    open = try place("open")
    high = try place("high")
    low = try place("low")
    close = try place("close")
    volume = try place("volume")
    var roles = [Role](repeating: .passedOver, count: header.count)
    roles[time] = .time
    roles[open] = .open
    roles[high] = .high
    roles[low] = .low
    roles[close] = .close
    roles[volume] = .volume
    self.roles = roles
  }
}

/// Reads rows as nearly all files have them, straight from the bytes; whatever is unusual it leaves to others.
///
/// It takes less than `CSVBarParser` does in all, and what it takes it reads as that does.
struct CSVRowReader {
  private let roles: [CSVColumns.Role]
  private let isDaily: Bool
  /// The date of the row before, as text and in seconds: rows of a day come together.
  private var dateHead: UInt64 = 0
  private var dateTail: UInt16 = 0
  private var dateSeconds: Int64 = 0

  init(roles: [CSVColumns.Role], timeframe: Timeframe) {
    self.roles = roles
    isDaily = timeframe == .d1
  }

  /// The bar of the row at the position, which moves to the next row; nil, and no move, where the row is unusual.
  ///
  /// The bytes must end with a line feed.
  mutating func bar(_ bytes: Span<UInt8>, _ position: inout Int) -> Bar? {
    var place = position
    var time: Int64 = 0
    var (open, high, low, close, volume) = (0.0, 0.0, 0.0, 0.0, 0.0)
    let last = roles.count - 1
    for index in 0...last {
      let role = roles[index]
      switch role {
      case .time:
        guard readTime(bytes, &place, into: &time) else { return nil }
      case .passedOver:
        while bytes[place] != UInt8(ascii: ","), bytes[place] != UInt8(ascii: "\n") { place += 1 }
      case .open, .high, .low, .close, .volume:
        guard let number = Self.readNumber(bytes, &place) else { return nil }
        switch role {
        case .open: open = number
        case .high: high = number
        case .low: low = number
        case .close: close = number
        default: volume = number
        }
      }
      if index < last {
        guard bytes[place] == UInt8(ascii: ",") else { return nil }
      } else {
        if bytes[place] == UInt8(ascii: "\r") { place += 1 }
        guard bytes[place] == UInt8(ascii: "\n") else { return nil }
      }
      place += 1
    }
    position = place
    return Bar(
      time: UTCTimestamp(microseconds: time), open: open, high: high, low: low, close: close, volume: volume)
  }

  /// A number without an exponent; one with more digits than a double holds goes the long way.
  @inline(__always)
  private static func readNumber(_ bytes: Span<UInt8>, _ place: inout Int) -> Double? {
    var next = place
    let isNegative = bytes[next] == UInt8(ascii: "-")
    if isNegative { next += 1 }
    var mantissa: UInt64 = 0
    let whole = next
    readDigits(bytes, &next, into: &mantissa)
    var digits = next - whole
    var fraction = 0
    if bytes[next] == UInt8(ascii: ".") {
      next += 1
      let point = next
      readDigits(bytes, &next, into: &mantissa)
      fraction = next - point
      digits += fraction
    }
    guard digits > 0, digits <= 19, mantissa <= 1 << 53 else { return readLongNumber(bytes, &place) }
    place = next
    let value = Double(mantissa) / powersOfTen[fraction]
    return isNegative ? -value : value
  }

  @inline(never)
  private static func readLongNumber(_ bytes: Span<UInt8>, _ place: inout Int) -> Double? {
    var text: [UInt8] = []
    while !isEnd(bytes[place]) {
      text.append(bytes[place])
      place += 1
    }
    return decimal(text[...])
  }

  /// A count since the epoch, `YYYY-MM-DD` of a daily bar, or date and time with a zone and without a fraction.
  private mutating func readTime(_ bytes: Span<UInt8>, _ place: inout Int, into time: inout Int64) -> Bool {
    guard place + 10 < bytes.count, bytes[place + 4] == UInt8(ascii: "-") else {
      return readCount(bytes, &place, into: &time)
    }
    guard readDate(bytes, place) else { return false }
    place += 10
    if isDaily, Self.isEnd(bytes[place]) {
      time = dateSeconds * 1_000_000
      return true
    }
    // What follows a date is at least as long as ` 13:30:00Z` with the end of the field.
    guard place + 10 < bytes.count,
      bytes[place] == UInt8(ascii: "T") || bytes[place] == UInt8(ascii: " "),
      bytes[place + 3] == UInt8(ascii: ":"), bytes[place + 6] == UInt8(ascii: ":")
    else { return false }
    let (hour, minute, second) = (
      Self.pair(bytes, place + 1), Self.pair(bytes, place + 4), Self.pair(bytes, place + 7)
    )
    guard hour < 24, minute < 60, second < 60 else { return false }
    var seconds = dateSeconds + hour * 3600 + minute * 60 + second
    let zone = bytes[place + 9]
    place += 10
    if zone != UInt8(ascii: "Z") {
      guard zone == UInt8(ascii: "+") || zone == UInt8(ascii: "-"), place + 5 < bytes.count,
        bytes[place + 2] == UInt8(ascii: ":")
      else { return false }
      let (hours, minutes) = (Self.pair(bytes, place), Self.pair(bytes, place + 3))
      guard hours < 24, minutes < 60 else { return false }
      let offset = hours * 3600 + minutes * 60
      seconds -= zone == UInt8(ascii: "+") ? offset : -offset
      place += 5
    }
    time = seconds * 1_000_000
    return true
  }

  /// The date at the place, into `dateSeconds`.
  private mutating func readDate(_ bytes: Span<UInt8>, _ place: Int) -> Bool {
    let text = unsafe bytes.bytes
    let (head, tail) = unsafe (
      text.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self),
      text.unsafeLoadUnaligned(fromByteOffset: place + 8, as: UInt16.self)
    )
    if head == dateHead, tail == dateTail { return true }
    var date: [UInt8] = []
    for index in 0..<10 { date.append(bytes[place + index]) }
    // In these years every time of day, in every zone, is one that has a text.
    guard let date = CivilDate(iso: String(decoding: date, as: UTF8.self)), (1900..<2200).contains(date.year) else {
      return false
    }
    (dateHead, dateTail, dateSeconds) = (head, tail, date.startUTC.seconds)
    return true
  }

  private func readCount(_ bytes: Span<UInt8>, _ place: inout Int, into time: inout Int64) -> Bool {
    let isNegative = bytes[place] == UInt8(ascii: "-")
    if isNegative { place += 1 }
    let start = place
    var magnitude: UInt64 = 0
    Self.readDigits(bytes, &place, into: &magnitude)
    guard (1...18).contains(place - start) || place - start == 19 && magnitude <= Int64.max else { return false }
    time = instant(ofCount: isNegative ? -Int64(magnitude) : Int64(magnitude)).microseconds
    return true
  }

  /// Up to 19 digits are read right; of more the number is none.
  @inline(__always)
  private static func readDigits(_ bytes: Span<UInt8>, _ place: inout Int, into number: inout UInt64) {
    while true {
      let digit = bytes[place] &- UInt8(ascii: "0")
      guard digit < 10 else { return }
      number = number &* 10 &+ UInt64(digit)
      place += 1
    }
  }

  /// Two digits as a number, or 100 or more.
  @inline(__always)
  private static func pair(_ bytes: Span<UInt8>, _ place: Int) -> Int64 {
    let (tens, ones) = (bytes[place] &- UInt8(ascii: "0"), bytes[place + 1] &- UInt8(ascii: "0"))
    return tens < 10 && ones < 10 ? Int64(tens) * 10 + Int64(ones) : 100
  }

  private static func isEnd(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }
}
