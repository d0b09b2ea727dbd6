import PrepaperDomain
import Testing

@Suite struct WindowBoundTests {
  @Test func `a date is a day, a time with a zone an instant`() throws {
    #expect(try WindowBound(parsing: "2013-10-04") == .day(date("2013-10-04")))
    #expect(try WindowBound(parsing: "2013-10-04T09:30:00-04:00") == .instant(instant("2013-10-04T13:30:00Z")))
  }

  @Test(arguments: ["", "now", "2013-02-30", "2013-10-04T09:30:00", "2013-10-04T25:00:00Z"])
  func `anything else is no bound`(text: String) {
    #expect(WindowBound(parsing: text) == nil)
  }

  @Test(arguments: [
    ("2013-10-04", "2013-10-04"), ("2013-10-04T09:30:00-04:00", "2013-10-04T13:30:00Z"),
    ("2013-10-04T13:30:00.250Z", "2013-10-04T13:30:00.250Z"),
  ])
  func `a bound is shown as short as it can be`(text: String, shown: String) {
    #expect(WindowBound(parsing: text)?.description == shown)
  }

  // The queue keeps this text: a bound that changed there would be another run.
  @Test(arguments: [
    "2013-10-04", "2013-10-04T13:30:00Z", "2013-10-04T13:30:00.25Z", "2013-10-04T13:30:00.000001Z",
    "2013-10-04T13:30:00.123456Z", "1969-12-31T23:59:59.999999Z",
  ])
  func `what is shown reads back as the same bound`(text: String) throws {
    let bound = try #require(WindowBound(parsing: text))

    #expect(WindowBound(parsing: bound.description) == bound)
  }
}
