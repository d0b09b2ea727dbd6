package import PrepaperDomain

/// The calendars by their names, worked out once.
package struct MarketCalendars: Sendable {
  private let xnys = XNYSCalendar()
  private let always = AlwaysOpenCalendar()

  /// All of them.
  package init() {}

  /// The calendar of a name.
  package subscript(name: CalendarName) -> any MarketCalendar {
    switch name {
    case .xnys: xnys
    case .always: always
    }
  }
}
