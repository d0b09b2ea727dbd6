import PrepaperDomain

/// What a user says about a run beyond backtest and window, as it is written in flags or in a line of JSON.
package struct OptionFields {
  private let symbols: [String]?
  private let isStrict: Bool
  private let mode: String?
  private let maxMissing: String?
  private let maxJump: String?
  private let calendar: String?
  private let sizing: String?
  private let isProven: Bool

  /// What is said, nil where nothing is.
  package init(
    symbols: [String]?, isStrict: Bool, mode: String?, maxMissing: String?, maxJump: String?, calendar: String?,
    sizing: String?, isProven: Bool
  ) {
    self.symbols = symbols
    self.isStrict = isStrict
    self.mode = mode
    self.maxMissing = maxMissing
    self.maxJump = maxJump
    self.calendar = calendar
    self.sizing = sizing
    self.isProven = isProven
  }

  /// Whether nothing is said.
  package var isEmpty: Bool {
    symbols == nil && !isStrict && isProven && [mode, maxMissing, maxJump, calendar, sizing].allSatisfy { $0 == nil }
  }

  /// The options.
  ///
  /// - Throws: `FieldFault`.
  func options(_ names: FieldNames) throws(FieldFault) -> RunOptions {
    RunOptions(
      symbols: try symbols(names), isStrict: isStrict, mode: try choice(mode, names("mode")) ?? .replay,
      maxMissing: try maxMissing.map { text throws(FieldFault) in
        try Self.share(text, names("max_missing"), atMost: 1)
      },
      maxJump: try maxJump.map { text throws(FieldFault) in try Self.share(text, names("max_jump"), atMost: 10) },
      calendar: try choice(calendar, names("calendar")),
      sizing: try sizing(names),
      isProven: isProven)
  }

  /// The sizing in its one form, so that the same is the same run however it is written.
  private func sizing(_ names: FieldNames) throws(FieldFault) -> String? {
    guard let sizing else { return nil }
    do {
      return try Sizing(parsing: sizing).description
    } catch let error {
      throw FieldFault("\(names("sizing")): \(error.message).")
    }
  }

  private func symbols(_ names: FieldNames) throws(FieldFault) -> [Symbol] {
    guard let symbols else { return [] }
    var read: [Symbol] = []
    for text in symbols {
      guard let symbol = Symbol(text) else {
        throw FieldFault(
          "\(names("symbols")) has '\(text.prefix(60))'; a symbol is up to 32 of A-Z a-z 0-9 . _ = ^ -, a letter or "
            + "digit first.")
      }
      read.append(symbol)
    }
    guard !read.isEmpty else { throw FieldFault("\(names("symbols")) has no symbol.") }
    return read
  }

  private func choice<Choice: RawRepresentable & CaseIterable>(
    _ text: String?, _ name: String
  ) throws(FieldFault) -> Choice? where Choice.RawValue == String {
    guard let text else { return nil }
    guard let choice = Choice(rawValue: text) else {
      let known = Choice.allCases.map(\.rawValue).joined(separator: " or ")
      throw FieldFault("\(name) is '\(text)'; it must be \(known).")
    }
    return choice
  }

  /// A share as `1%` or `0.01`.
  package static func share(_ text: String, _ name: String, atMost most: Double) throws(FieldFault) -> Double {
    let number = text.hasSuffix("%") ? Double(text.dropLast()).map { $0 / 100 } : Double(text)
    guard let number, number.isFinite, (0...most).contains(number) else {
      throw FieldFault("\(name) is '\(text)'; it must be a share like 0.01 or 1%, from 0 to \(Int(most * 100))%.")
    }
    return number
  }
}
