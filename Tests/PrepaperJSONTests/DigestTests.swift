import PrepaperDomain
import PrepaperJSON
import Testing

@Suite struct DigestTests {
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ("größer", "45fbf6a67b5efa7dbcc0c0ccf6bdd7ce207300314c009282515896ea4cd7a4e6"),
  ])
  func `a digest is what sha256sum prints`(text: String, digest: String) {
    #expect(sha256Hex(text) == digest)
    #expect(sha256Hex(Array(text.utf8)) == digest)
  }

  @Test func `the known hashes of compact manifests come out`() {
    let manifest = JSONValue.object(["identity": .object(["run_id": .string("test_backtest_123")])])

    #expect(
      sha256Hex(CanonicalJSON.compact(manifest)) == "3c3d3110e1c16c550b4c4c1b1e43ad5bbbd543b331468d69f1066dbb327b43db")
    #expect(
      sha256Hex(CanonicalJSON.compact(.object([:])))
        == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a")
  }

  @Test func `the known hash of a plan without orders comes out`() {
    let bytes = CanonicalJSON.pretty(Plan(orders: []).document.json)

    #expect(sha256Hex(bytes) == "4c300b08229a3614317cc7df226b5eb928c0553bce795accc5ad0d10f3f2c7bc")
  }

  @Test func `the known key comes out`() {
    let digest = sha256Hex("2025-01-01T10:30:00+00:00|AAPL|BUY|inside_bar|150.0|148.0|154.0")

    #expect(digest.prefix(16) == "96a0cd9d1aa88cd2")
  }
}
