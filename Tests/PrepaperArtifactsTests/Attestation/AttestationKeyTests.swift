import PrepaperArtifacts
import PrepaperDomain
import Testing

/// Keys that `openssl` has made for these tests alone.
@Suite struct AttestationKeyTests {
  static let ed25519 = """
    -----BEGIN PRIVATE KEY-----
    MC4CAQAwBQYDK2VwBCIEIPHUN7ZwA+Q8JOBLuVEvo8qy1j8PKscl3WnGJiHw3a07
    -----END PRIVATE KEY-----

    """
  static let ed25519Public = """
    -----BEGIN PUBLIC KEY-----
    MCowBQYDK2VwAyEAzq47+VrnDlYxAjR1Rssckobi9edXTiKxL78uxScPEmg=
    -----END PUBLIC KEY-----

    """
  static let x25519 = """
    -----BEGIN PRIVATE KEY-----
    MC4CAQAwBQYDK2VuBCIEIPCRBYPJY0Bbkwd5P5doTHEjC0mIC6N2m0tV+OJ4dF1T
    -----END PRIVATE KEY-----
    """
  static let x25519Public = """
    -----BEGIN PUBLIC KEY-----
    MCowBQYDK2VuAyEAFQka0RK2836cQh7Ce+UhGTUgyeMZ6EOsY7Ml7ZoAmSY=
    -----END PUBLIC KEY-----
    """
  static let p256 = """
    -----BEGIN PRIVATE KEY-----
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgm/1zhBwwbBjr6LOG
    Z7Z/FeNs/hb0P2lTXKdhBPSf6XChRANCAARJb86myvlfMFZ6nzEnKou7gZkbmVgR
    krRtgA8qtsa8j2EELwX+/ju9yLmbraUfrfdCLijlCGmmzeXW52/++h1r
    -----END PRIVATE KEY-----
    """

  /// What `openssl pkey -pubin -in KEY.pub -outform DER | sha256sum` prints.
  static let id = "611ae356770491ce5a3b57f45f70a7e2a39c8e44f91273771eff3f4c46228881"

  @Test(arguments: [
    ed25519, ed25519.replacing("\n", with: "\r\n"), "\n  " + ed25519, ed25519.replacing("LuVE", with: "LuVE\n"),
  ])
  func `a private key is read, and has the public one that openssl says`(text: String) throws {
    #expect(try AttestationKey(pem: text, name: "key").publicKey.id == Self.id)
  }

  @Test(arguments: [
    ed25519Public, ed25519Public.replacing("\n", with: "\r\n"), ed25519Public.replacing("Vrn", with: "Vrn\n"),
  ])
  func `a public key is read`(text: String) throws {
    #expect(try AttestationPublicKey(pem: text, name: "key").id == Self.id)
  }

  @Test(arguments: [
    "", "key", x25519, p256, ed25519Public, ed25519 + ed25519, ed25519.replacing("PRIVATE KEY", with: "SECRET KEY"),
    ed25519.replacing("a07", with: "a0"), ed25519.replacing("MC4", with: "MC5"), "x\n" + ed25519, ed25519 + "x",
  ])
  func `what is no private Ed25519 key is refused without being shown`(text: String) throws {
    let error = try #require(throws: RunError.self) { try AttestationKey(pem: text, name: "key") }

    #expect(error.code == .keyInvalid)
    #expect(
      error.message
        == "key is no private Ed25519 key in PEM; make one with openssl genpkey -algorithm ed25519 -out FILE")
  }

  @Test(arguments: [
    "", "key", x25519Public, ed25519, ed25519Public + ed25519Public,
    ed25519Public.replacing("PUBLIC KEY", with: "KEY"), ed25519Public.replacing("Emg=", with: "Em"),
  ])
  func `what is no public Ed25519 key is refused`(text: String) throws {
    let error = try #require(throws: RunError.self) { try AttestationPublicKey(pem: text, name: "key") }

    #expect(error.code == .keyInvalid)
  }
}
