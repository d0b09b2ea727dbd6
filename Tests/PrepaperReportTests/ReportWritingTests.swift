import PrepaperDomain
import PrepaperJSON
import PrepaperReport
import PrepaperTestSupport
import Testing

@Suite struct ReportWritingTests {
  private struct Refused: Error, Equatable {
    let number: Int
  }

  private func report(of inputs: ReportInputs) -> RunReport {
    RunReport(
      definition: .object(inputs.definition), manifestHash: "", orders: inputs.planned,
      rejects: [], drift: nil, sensitivity: nil)
  }

  @Test func `what the writer throws ends the report`() throws {
    let report = report(of: try ReportInputs())
    var pieces = 0

    #expect(throws: Refused(number: 3)) {
      try report.write(
        series: { (_: Symbol) throws(Refused) in nil },
        to: { (_: [UInt8]) throws(Refused) in
          pieces += 1
          if pieces == 3 { throw Refused(number: pieces) }
        })
    }
    #expect(pieces == 3)
  }

  @Test func `what the source of bars throws ends the report`() throws {
    let report = report(of: try ReportInputs())

    #expect(throws: Refused(number: 7)) {
      try report.write(
        series: { (_: Symbol) throws(Refused) in throw Refused(number: 7) },
        to: { (_: [UInt8]) throws(Refused) in })
    }
  }

  @Test func `a symbol's charts are written before the next symbol's bars are asked for`() throws {
    // Given three symbols
    let inputs = try ReportInputs(symbols: ["AAPL", "MSFT", "SPY"])
    var written = ""
    var before: [Int] = []

    // When their bars are asked for
    report(of: inputs).write(
      series: { (symbol: Symbol) throws(Never) in
        before.append(written.count(of: "<svg"))
        return inputs.bars[symbol]
      },
      to: { (piece: [UInt8]) throws(Never) in written += String(decoding: piece, as: UTF8.self) })

    // Then the charts of those before are out of memory
    #expect(before == [0, 1, 2])
    #expect(written.count(of: "<svg") == 3)
  }
}
