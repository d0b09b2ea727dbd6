import PrepaperDomain
import PrepaperTestSupport
import Testing

@testable import PrepaperApp

@Suite struct NumericSettingTests {
  private let grace = NumericSetting(.grace, flag: "--grace", 0...600, unit: "seconds")
  private let timeout = NumericSetting(.runTimeout, flag: "--timeout", 0.1...604_800, unit: "seconds")
  private let concurrency = NumericSetting(.concurrency, flag: "--concurrency", 1...256, isWhole: true)

  @Test(arguments: [nil, 0, 0.5, 600]) func `a flag within the bounds is taken`(value: Double?) throws {
    try grace.check(value)
  }

  @Test(arguments: [-1, 600.5, .infinity, .nan]) func `a flag out of bounds is named with them`(value: Double) {
    let fault = #expect(throws: FieldFault.self) { try grace.check(value) }
    #expect(fault?.description == "--grace must be 0 to 600 seconds.")
  }

  @Test func `bounds have a fraction only where there is one`() {
    #expect(throws: FieldFault("--timeout must be 0.1 to 604800 seconds.")) { try timeout.check(0) }
    #expect(throws: FieldFault("--concurrency must be 1 to 256.")) { try concurrency.check(0) }
  }

  @Test func `a flag goes before the setting`() async throws {
    let settings = try await Settings(environment: ["PREPAPER_GRACE": "7", "HOME": "/nowhere"])
    #expect(try grace.value(flag: 3, settings) == 3)
    #expect(try grace.value(flag: nil, settings) == 7)
    #expect(try timeout.value(flag: nil, settings) == nil)
  }

  @Test(arguments: ["0", "257", "1.5", "two", "nan"])
  func `a setting that cannot be is named with its place`(text: String) async throws {
    // Given
    let home = try TemporaryDirectory()
    let file = try home.write("PREPAPER_CONCURRENCY=\(text)\n", to: "prepaper.env")
    let settings = try await Settings(environment: ["PREPAPER_ENV_FILES": file])
    // When
    let error = #expect(throws: AppError.self) { try concurrency.value(flag: nil, settings) }
    // Then
    #expect(error?.reason == .configuration)
    #expect(error?.message == "PREPAPER_CONCURRENCY is '\(text)' (\(file)); it must be 1 to 256")
  }
}
