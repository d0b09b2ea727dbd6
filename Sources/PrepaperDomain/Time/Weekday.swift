/// A day of the week, Monday first as in ISO 8601.
package enum Weekday: Int, CaseIterable, Sendable {
  case monday, tuesday, wednesday, thursday, friday, saturday, sunday

  /// Saturday or Sunday.
  package var isWeekend: Bool { self == .saturday || self == .sunday }
}
