import PrepaperDomain
import Testing

@Suite struct UTCTimestampTextTests {
  @Test(arguments: [
    (0, "1970-01-01T00:00:00+00:00"),
    (1_735_727_400_000_000, "2025-01-01T10:30:00+00:00"),
    (1_735_727_400_000_001, "2025-01-01T10:30:00.000001+00:00"),
    (1_735_727_400_120_000, "2025-01-01T10:30:00.120000+00:00"),
    (1_709_251_199_999_999, "2024-02-29T23:59:59.999999+00:00"),
    (-1, "1969-12-31T23:59:59.999999+00:00"),
    (-1_000_000, "1969-12-31T23:59:59+00:00"),
    (-62_167_219_200_000_000, "0000-01-01T00:00:00+00:00"),
    (253_402_300_799_999_999, "9999-12-31T23:59:59.999999+00:00"),
  ])
  func `plans have an offset, and microseconds only where they are not zero`(microseconds: Int64, text: String) {
    #expect(UTCTimestamp(microseconds: microseconds).iso8601 == text)
  }

  @Test(arguments: [
    (1_735_727_400_000_000, "2025-01-01T10:30:00Z"),
    (1_735_727_400_001_000, "2025-01-01T10:30:00.001Z"),
    (1_735_727_400_120_000, "2025-01-01T10:30:00.120Z"),
    (1_735_727_400_120_999, "2025-01-01T10:30:00.120Z"),
    (1_735_727_400_000_999, "2025-01-01T10:30:00Z"),
    (-1_000, "1969-12-31T23:59:59.999Z"),
    (-1, "1969-12-31T23:59:59.999Z"),
  ])
  func `command output has a Z, and milliseconds only where they are not zero`(microseconds: Int64, text: String) {
    let instant = UTCTimestamp(microseconds: microseconds)

    #expect(instant.rfc3339 == text)
    #expect(instant.description == text)
  }

  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0),
    ("2025-01-01T10:30:00Z", 1_735_727_400_000_000),
    ("2025-01-01t10:30:00z", 1_735_727_400_000_000),
    ("2025-01-01 10:30:00Z", 1_735_727_400_000_000),
    ("2025-01-01T10:30Z", 1_735_727_400_000_000),
    ("2025-01-01T05:30:00-05:00", 1_735_727_400_000_000),
    ("2025-01-01T16:15:00+05:45", 1_735_727_400_000_000),
    ("2025-01-02T10:29:00+23:59", 1_735_727_400_000_000),
    ("2024-12-31T21:30:00-13:00", 1_735_727_400_000_000),
    ("2025-01-01T10:30:00+00:00", 1_735_727_400_000_000),
    ("2025-01-01T10:30:00-00:00", 1_735_727_400_000_000),
    ("2025-01-01T10:30:00.5Z", 1_735_727_400_500_000),
    ("2025-01-01T10:30:00.000001Z", 1_735_727_400_000_001),
    ("2025-01-01T10:30:00.0000019Z", 1_735_727_400_000_001),
    ("2025-01-01T10:30:00.123456789Z", 1_735_727_400_123_456),
    ("2025-01-01T23:59:59.999999999Z", 1_735_775_999_999_999),
    ("1969-12-31T23:59:59.5Z", -500_000),
    ("1969-12-31T19:00:00-05:00", 0),
    ("1900-03-01T00:00:00Z", -2_203_891_200_000_000),
    ("0000-01-01T00:00:00Z", -62_167_219_200_000_000),
    ("9999-12-31T23:59:59.999999Z", 253_402_300_799_999_999),
  ])
  func `a time with a zone is read to the microsecond`(text: String, microseconds: Int64) {
    #expect(UTCTimestamp(rfc3339: text)?.microseconds == microseconds)
  }

  @Test(arguments: [
    "", "2025-01-01", "2025-01-01T10:30:00", "2025-01-01T10:30", "2025-01-01T10Z", "20250101T103000Z",
    "2025-01-01T10:30:00 Z", " 2025-01-01T10:30:00Z", "2025-01-01T10:30:00Z ", "2025-01-01T10:30:00Zulu",
    "2025-01-01  10:30:00Z", "2025-01-01_10:30:00Z", "2025-1-1T10:30:00Z", "2025-01-01T1:30:00Z",
    "2025-01-01T24:00:00Z", "2025-01-01T10:60:00Z", "2025-01-01T10:30:60Z", "2025-01-01T23:59:60Z",
    "2025-00-01T10:30:00Z", "2025-13-01T10:30:00Z", "2025-01-00T10:30:00Z", "2025-01-32T10:30:00Z",
    "2025-02-29T10:30:00Z", "2025-01-01T10:30:00.Z", "2025-01-01T10:30:00,5Z", "2025-01-01T10:30:00.1234567890Z",
    "2025-01-01T10:30.5Z", "2025-01-01T10:30:00+5:00", "2025-01-01T10:30:00+0500", "2025-01-01T10:30:00+05",
    "2025-01-01T10:30:00+24:00", "2025-01-01T10:30:00+05:60", "2025-01-01T10:30:00±05:00", "2025-01-01T10:30:00+-5:00",
    "-2025-01-01T10:30:00Z", "+2025-01-01T10:30:00Z", "12025-01-01T10:30:00Z", "２０２５-01-01T10:30:00Z",
    "2025-01-01T10:30:00Z\n", "2025-01-01T10:30:00Z\0", "1735727400",
  ])
  func `anything else is no instant`(text: String) {
    #expect(UTCTimestamp(rfc3339: text) == nil)
  }

  @Test(arguments: [
    "0000-01-01T00:00:00+00:01", "0000-01-01T23:58:00+23:59", "9999-12-31T23:59:59-00:01", "9999-12-31T00:01:00-23:59",
  ])
  func `an offset that leads out of the years of four digits is no instant`(text: String) {
    #expect(UTCTimestamp(rfc3339: text) == nil)
  }

  @Test(arguments: [
    (-62_167_219_201, "-0001-12-31T23:59:59Z"), (-99_999_999_999, "-1199-02-15T14:13:21Z"),
    (253_402_300_800, "+010000-01-01T00:00:00Z"), (9_223_372_036_854, "+294247-01-10T04:00:54Z"),
    (-9_223_372_036_854, "-290308-12-21T19:59:06Z"),
  ])
  func `an instant of another year has a sign, and does not read back`(seconds: Int64, text: String) {
    #expect(UTCTimestamp(seconds: seconds).rfc3339 == text)
    #expect(UTCTimestamp(rfc3339: text) == nil)
  }

  @Test func `what is written reads back`() throws {
    // Given instants over nine thousand years, a prime number of microseconds apart
    let first = try instant("0001-01-01T00:00:00Z").microseconds
    let last = try instant("9998-12-31T00:00:00Z").microseconds
    let instants = stride(from: first, to: last, by: 31_556_952_000_047).map { UTCTimestamp(microseconds: $0) }
    try #require(instants.count > 9000)

    // When each is written with microseconds and read again
    let changed = instants.filter { UTCTimestamp(rfc3339: $0.iso8601) != $0 }

    // Then none has changed, nor has one of whole milliseconds in the shorter form
    #expect(changed.isEmpty)
    #expect(instants.allSatisfy { UTCTimestamp(rfc3339: $0.rfc3339)?.milliseconds == $0.milliseconds })
  }
}
