import Foundation
import PrepaperDomain
import PrepaperMarketData
import PrepaperSourceTesting
import PrepaperTestSupport
import Testing

@Suite struct BarImportTests {
  private let now = UTCTimestamp(seconds: 1_767_600_000)

  @Test func `bars are added, and the same ones change nothing`() throws {
    let file = try BarsFile()
    let store = try file.store()
    _ = try store.importBars(try minutes([10, 11]), replacing: false, at: now)
    let before = try file.rows("SELECT * FROM bars")

    let again = try store.importBars(
      try minutes([10, 11, 12]), replacing: false, at: UTCTimestamp(seconds: 1_767_700_000))

    #expect(again.counts == "1 2 0")
    #expect(try store.bars(of: symbol("SPY"), .m1, in: always) == minutes([10, 11, 12]))
    #expect(try Array(file.rows("SELECT * FROM bars").prefix(2)) == before)
    #expect(
      try file.rows("SELECT source, fetched_at FROM bars") == [
        "import 1767600000", "import 1767600000", "import 1767700000",
      ])
  }

  @Test func `a bar with other numbers is refused with both, and all that came with it`() throws {
    let file = try BarsFile()
    let store = try file.store()
    _ = try store.importBars(try minutes([10, 11, 12]), replacing: true, at: now)

    let error = try #require(throws: RunError.self) {
      try store.importBars(try minutes([10, 13, 14, 15]), replacing: false, at: now)
    }

    #expect(error.code == .barsInvalid)
    #expect(
      error.message == """
        SPY M1 2013-10-04T13:31:00Z is there with other numbers: kept open 10.0, high 12.0, low 9.0, close 11.0, \
        volume 100.0; came open 10.0, high 13.0, low 9.0, close 13.0, volume 100.0. 2 bars differ in all; nothing of \
        it was imported. Say --replace to take what came
        """)
    #expect(try store.bars(of: symbol("SPY"), .m1, in: always) == minutes([10, 11, 12]))
    #expect(try file.rows("SELECT * FROM revisions").isEmpty)
  }

  @Test func `a bar that takes another one's place leaves a revision`() throws {
    let file = try BarsFile()
    let store = try file.store()
    _ = try store.importBars(try minutes([10, 11, 12]), replacing: false, at: now)

    let result = try store.importBars(
      try minutes([nil, 9, 12, 10]), replacing: true, at: UTCTimestamp(seconds: 1_767_700_000))

    #expect(result.counts == "1 1 1")
    #expect(try store.bars(of: symbol("SPY"), .m1, in: always) == minutes([10, 9, 12, 10]))
    #expect(
      try file.rows("SELECT ts, kept_close, came_close, replaced, source, seen_at FROM revisions") == [
        "1380893460 11.0 9.0 1 import 1767700000"
      ])
  }

  @Test func `many bars are held against those between them as a few are`() throws {
    let store = try BarsFile().store()
    let every = 10_000
    let third = try minutes((0..<every).map { $0 % 3 == 0 ? 11 : nil })
    _ = try store.importBars(third, replacing: false, at: now)
    let most = try minutes((0..<every).map { $0 % 5 == 0 ? nil : $0 % 6 == 0 ? 10 : 11 })

    let result = try store.importBars(most, replacing: true, at: now)

    // Of 10 000 minutes 8000 came; of 30 in a row 8 were there of which 4 are other ones.
    #expect(result.counts == "5333 1334 1333")
    #expect(try store.bars(of: symbol("SPY"), .m1, in: always).count == every - 1333)
  }

  @Test func `another instrument and another timeframe are other bars`() throws {
    let store = try BarsFile().store()
    _ = try store.importBars(try minutes([10]), replacing: false, at: now)

    let other = try store.importBars(try minutes([11], symbol: "QQQ"), replacing: false, at: now)
    let longer = try store.importBars(try minutes([11], timeframe: .m15), replacing: false, at: now)

    #expect(other.counts == "1 0 0")
    #expect(longer.counts == "1 0 0")
    #expect(try store.bars(of: symbol("SPY"), .m1, in: always).close == [10])
  }

  @Test func `somebody else's file is refused and stays as it is`() throws {
    let file = try BarsFile()
    try BarsFile.write([minutes([10])], to: file.path)
    let before = try file.bytes()

    let error = try #require(throws: RunError.self) { try file.store() }

    #expect(error.code == .barsInvalid)
    #expect(error.message.contains("is not a store that prepaper made, and so is only read"))
    #expect(try file.bytes() == before)
  }

  @Test func `it tells how far it is`() throws {
    let store = try BarsFile().store()
    var told: [Int] = []

    _ = try store.importBars(
      try minutes(Array(repeating: 11, count: 5000)), replacing: false, at: now
    ) { told.append($0) }

    #expect(told == [0, 4096])
  }

  @Test(arguments: [0, 1, 3, 20_000])
  func `bars come from a pipe as they do from a file`(count: Int) throws {
    let bars = try minutes(Array(repeating: 11, count: count))
    let text = BarsDirectory.csv(bars)
    let pipe = Pipe()
    let writing = Thread { [handle = pipe.fileHandleForWriting] in
      handle.write(Data(text.utf8))
      try? handle.close()
    }
    writing.start()
    var told: [Int] = []

    let read = try BarSeries(
      csvFrom: pipe.fileHandleForReading.fileDescriptor, name: "pipe", symbol: symbol("SPY"), timeframe: .m1
    ) { told.append($0) }

    #expect(read == bars)
    #expect(told.last == text.utf8.count)
    #expect(told == told.sorted())
  }

  @Test(arguments: [
    ("", "pipe, line 1: the file is empty; a header should be its first line"),
    (
      "ts,open,high,low,close,volume\n2013-10-04T13:30:00Z,10,9,9,10,1\n",
      "pipe, line 2: high 9.0 is below open or close"
    ),
  ])
  func `what is wrong in a pipe has its line`(text: String, message: String) throws {
    let pipe = Pipe()
    pipe.fileHandleForWriting.write(Data(text.utf8))
    try pipe.fileHandleForWriting.close()

    let error = try #require(throws: RunError.self) {
      try BarSeries(
        csvFrom: pipe.fileHandleForReading.fileDescriptor, name: "pipe", symbol: symbol("SPY"), timeframe: .m1
      ) { _ in }
    }

    #expect(error == RunError(.barsInvalid, message))
  }
}

extension BarImport {
  /// How many were added, unchanged and replaced.
  fileprivate var counts: String { "\(added) \(unchanged) \(replaced)" }
}
