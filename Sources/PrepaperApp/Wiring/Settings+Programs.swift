import Foundation
import PrepaperPrograms
import PrepaperWorker

extension Settings {
  /// The folders of that name in which an operator registers programs: the system's and the user's.
  func registrationFolders(_ name: String) -> RegistrationFolders {
    let given = environment["XDG_CONFIG_HOME"] ?? ""
    let user = given.isEmpty ? "\(environment["HOME"] ?? "/")/.config" : given
    return RegistrationFolders(["/etc/prepaper/\(name)", "\(user)/prepaper/\(name)"])
  }

  /// By what a worker finds the processes of an attempt; nil where this is none.
  var attemptMark: String? { environment[AttemptProcess.variable] }

  /// The strategies that a run may name.
  ///
  /// - Parameters:
  ///   - pieceSize: about how many bytes of its input a strategy's program is given at once.
  ///   - observe: hears what a strategy's program says on its standard error, a line each.
  func strategyCatalog(pieceSize: Int = 1 << 16, observe: @escaping @Sendable (String) -> Void) -> StrategyCatalog {
    StrategyCatalog(
      folders: registrationFolders("strategies.d"), pieceSize: pieceSize, mark: attemptMark,
      temporary: FileManager.default.temporaryDirectory.path, observe: observe)
  }
}
