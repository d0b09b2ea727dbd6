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
