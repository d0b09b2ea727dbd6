import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON
import Testing

@Suite struct FeaturesHashTests {
  @Test func `the hash is that of sorted lines over columns in canonical form`() throws {
    let spy = try #require(Symbol("SPY"))
    let columns = FeatureColumns([
      .averageTrueRange(period: 2): [.nan, 150, 1e-05], .averageTrueRange(period: 14): [.infinity, -0.0],
    ])

    let hash = self.hash(of: [(spy, columns)])

    let two = sha256Hex("\n150.0\n1e-05\n")
    let fourteen = sha256Hex("\n-0.0\n")
    #expect(hash == sha256Hex("SPY atr(14) \(fourteen)\nSPY atr(2) \(two)\n"))
  }

  @Test func `the hash does not depend on the order of symbols`() throws {
    let spy = try #require(Symbol("SPY"))
    let bac = try #require(Symbol("BAC"))
    let first = FeatureColumns([.averageTrueRange(period: 2): [.nan, 1]])
    let second = FeatureColumns([.averageTrueRange(period: 2): [.nan, 2]])

    let forwards = hash(of: [(spy, first), (bac, second)])
    let backwards = hash(of: [(bac, second), (spy, first)])
    let swapped = hash(of: [(spy, second), (bac, first)])

    #expect(forwards == backwards)
    #expect(forwards != swapped)
  }

  @Test func `every value and its place count`() throws {
    let spy = try #require(Symbol("SPY"))
    let columns: [[Double]] = [[], [.nan], [1], [1, 2], [2, 1], [12], [1, 2, .nan], [1, 2.0000000000000004]]

    let hashes = columns.map { hash(of: [(spy, FeatureColumns([.averageTrueRange(period: 2): $0]))]) }

    #expect(Set(hashes).count == columns.count)
    #expect(hash(of: []) == sha256Hex(""))
    #expect(hash(of: [(spy, FeatureColumns([:]))]) == sha256Hex(""))
  }

  private func hash(of columns: [(Symbol, FeatureColumns)]) -> String {
    var hash = FeaturesHash()
    for (symbol, columns) in columns { hash.add(columns, of: symbol) }
    return hash.hex
  }
}
