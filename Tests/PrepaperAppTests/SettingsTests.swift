import Logging
import PrepaperTestSupport
import Testing

@testable import PrepaperApp

@Suite struct SettingsTests {
  private let home: TemporaryDirectory

  init() throws { home = try TemporaryDirectory() }

  @Test func `the environment goes before the files, and the last file that is named before the others`() async throws {
    // Given
    let system = try home.write("PREPAPER_GRACE=1\nPREPAPER_LEASE=11\nPREPAPER_NICE=7\n", to: "system.env")
    let user = try home.write("PREPAPER_GRACE=2\nPREPAPER_LEASE=22\n", to: "user.env")
    // When
    let settings = try await settings([
      "PREPAPER_ENV_FILES": "\(system):\(user)", "PREPAPER_GRACE": "3",
    ])
    // Then
    #expect(settings.value(.grace) == "3")
    #expect(settings.value(.lease) == "22")
    #expect(settings.value(.nice) == "7")
    #expect(settings.valueAndOrigin(.grace)?.origin == .environment)
    #expect(settings.valueAndOrigin(.lease)?.origin == .file(user))
    #expect(settings.valueAndOrigin(.nice)?.origin.words == system)
  }

  @Test func `an empty variable hides what a file says, and counts as not set`() async throws {
    let file = try home.write("PREPAPER_GRACE=1\n", to: "prepaper.env")
    let settings = try await settings(["PREPAPER_ENV_FILES": file, "PREPAPER_GRACE": ""])
    #expect(settings.value(.grace) == nil)
  }

  @Test func `without a list the user's file goes before the system's`() async throws {
    let settings = try await settings(["XDG_CONFIG_HOME": "/home/one/config", "HOME": "/home/other"])
    #expect(settings.files == ["/home/one/config/prepaper/prepaper.env", "/etc/prepaper/prepaper.env"])
  }

  @Test func `what a service manager has taken from a file follows the file`() async throws {
    // Given
    let file = try home.write("PREPAPER_GRACE=1\nPREPAPER_LEASE=30\n", to: "prepaper.env")
    let before = try await settings([
      "PREPAPER_ENV_FILES": file, "PREPAPER_GRACE": "1", "PREPAPER_LEASE": "60",
    ])
    // When
    try home.write("PREPAPER_GRACE=9\nPREPAPER_LEASE=90\n", to: "prepaper.env")
    let after = try await before.reread()
    // Then
    #expect(before.value(.grace) == "1")
    #expect(after.value(.grace) == "9")
    // It said something else than the file: somebody has set it on purpose.
    #expect(after.value(.lease) == "60")
  }

  @Test func `a mistyped name is found where it stands`() async throws {
    let file = try home.write("# PREPAPER_NOT=1\n  PREPAPER_GRACEE=1\nOTHER=2\n", to: "prepaper.env")
    let unknown = try await settings(["PREPAPER_ENV_FILES": file, "PREPAPER_LEESE": "1"]).unknownNames()
    #expect(unknown.map(\.name) == ["PREPAPER_LEESE", "PREPAPER_GRACEE"])
    #expect(unknown.map(\.origin) == [.environment, .file(file)])
  }

  @Test func `a file that cannot be read is a fault of the configuration`() async throws {
    let error = await #expect(throws: AppError.self) { try await settings(["PREPAPER_ENV_FILES": home.path]) }
    #expect(error?.reason == .configuration)
    #expect(error?.message.contains(home.path) == true)
  }

  @Test(arguments: [
    (["STATE_DIRECTORY": "/var/lib/one:/var/lib/two", "HOME": "/home/a"], "/var/lib/one/queue.db"),
    (["XDG_STATE_HOME": "/state", "HOME": "/home/a"], "/state/prepaper/queue.db"),
    (["HOME": "/home/a", "STATE_DIRECTORY": ""], "/home/a/.local/state/prepaper/queue.db"),
    (["HOME": "/home/a", "PREPAPER_QUEUE_DB": "/queues/q.db"], "/queues/q.db"),
  ])
  func `the queue is in the directory for what stays`(environment: [String: String], path: String) async throws {
    #expect(try await settings(environment).queuePath(flag: nil) == path)
  }

  @Test func `a flag goes before the setting of the queue`() async throws {
    let settings = try await settings(["PREPAPER_QUEUE_DB": "/queues/q.db"])
    #expect(settings.queuePath(flag: "/mine.db") == "/mine.db")
  }

  @Test func `a provider that is not known is never taken for the fake one`() async throws {
    let settings = try await settings(["MARKETDATA_PROVIDER": "Fake"])
    let error = #expect(throws: AppError.self) { try settings.provider }
    #expect(error?.reason == .configuration)
    #expect(try await self.settings([:]).provider == .fake)
  }

  @Test func `a level of the log is known by its name, whatever its case`() async throws {
    let settings = try await settings(["PREPAPER_LOG_LEVEL": "loud"])
    #expect(try settings.logLevel(flag: "WARNING") == .warning)
    #expect(throws: AppError.self) { try settings.logLevel(flag: nil) }
  }

  @Test func `a frozen environment says every setting, whatever becomes of the files`() async throws {
    // Given
    let file = try home.write("PREPAPER_GRACE=4\n", to: "prepaper.env")
    // When
    let frozen = try await settings(["PREPAPER_ENV_FILES": file, "PATH": "/bin"]).frozenEnvironment
    // Then
    #expect(frozen["PREPAPER_GRACE"] == "4")
    #expect(frozen["PATH"] == "/bin")
    #expect(Setting.allCases.filter { frozen[$0.name] == nil }.isEmpty)
  }

  /// Settings that do not read the files of whoever runs the tests.
  private func settings(_ environment: [String: String]) async throws -> Settings {
    try await Settings(environment: ["HOME": home.path].merging(environment) { $1 })
  }
}
