import Foundation
import PrepaperDomain
import PrepaperJSON
import PrepaperPrograms
import PrepaperTestSupport
import Synchronization

/// A folder of registrations, with the programs that they name.
final class Registered: Sendable {
  let directory: TemporaryDirectory
  private let scripts = Mutex<[Script]>([])

  init() throws {
    directory = try TemporaryDirectory()
  }

  var folders: RegistrationFolders { RegistrationFolders([directory.path]) }

  /// Registers something under a name.
  func add(_ name: String, _ members: [String: JSONValue]) throws {
    try directory.write(CanonicalJSON.compactText(.object(members)), to: "\(name).json")
  }

  /// Registers a strategy that is this program; `more` replaces what it has by default.
  func add(strategy name: String, _ script: Script, _ more: [String: JSONValue] = [:]) throws {
    scripts.withLock { $0.append(script) }
    try add(
      name,
      ["command": .array([.string(script.path)]), "version": .string("1.0"), "warmup_bars": .integer(3)]
        .merging(more) { _, new in new })
  }
}
