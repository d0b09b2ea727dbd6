import Testing

@testable import PrepaperCommands

@Suite struct TableTests {
  @Test func `a column is as wide as its widest cell, and the last is not padded`() {
    var table = Table(["RUN", "STATE"])
    table.add(["a-long-one", "queued"])
    table.add(["b", "succeeded"])
    #expect(
      table.text == """
        RUN         STATE
        a-long-one  queued
        b           succeeded
        """)
  }

  @Test func `headings stand alone where there are no rows`() {
    #expect(Table(["RUN", "STATE"]).text == "RUN  STATE")
    #expect(Table([]).text == "")
  }

  @Test func `a row may be shorter than others`() {
    var table = Table([])
    table.add(["one"])
    table.add(["three", "4", "5"])
    #expect(table.text == "one\nthree  4  5")
  }

  @Test func `width is what is seen, not what is stored`() {
    var table = Table([])
    table.add(["→é", "x"])
    table.add(["abc", "y"])
    #expect(table.text == "→é   x\nabc  y")
  }
}
