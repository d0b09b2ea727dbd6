import PrepaperHTTP
import PrepaperJSON
import PrepaperPrograms

/// Every source of bars that has a name: those that ship with prepaper, and before them those of the operator.
struct SourceCatalog {
  let folders: RegistrationFolders

  /// The source of a name, or nil where there is none; the operator's own goes before one that ships.
  ///
  /// - Throws: `CommandFailure` with exit code 78 where its file cannot be used.
  func source(named name: String) throws(CommandFailure) -> NamedSource? {
    let file: RegistrationFile?
    do throws(RegistrationError) { file = try folders.file(named: name) } catch { throw CommandFailure(error) }
    if let file { return try NamedSource(file) }
    return try NamedSource(shipped: name)
  }

  /// Every source by its name in the order of the alphabet, and for those that cannot be used why.
  ///
  /// - Throws: `CommandFailure` where a folder cannot be read.
  func all() throws(CommandFailure) -> [(name: String, source: Result<NamedSource, CommandFailure>)] {
    let registered: [String]
    do throws(RegistrationError) { registered = try folders.names() } catch { throw CommandFailure(error) }
    var all: [(name: String, source: Result<NamedSource, CommandFailure>)] = []
    for name in Set(registered + HTTPDescriptor.shipped.map(\.name)).sorted() {
      do throws(CommandFailure) {
        guard RegistrationFolders.isValid(name) else {
          throw CommandFailure(
            "configuration", "\(name).json: the name of a source is a-z, then a-z, 0-9 and _, at most 64 characters",
            .configuration)
        }
        if let source = try source(named: name) { all.append((name, .success(source))) }
      } catch {
        all.append((name, .failure(error)))
      }
    }
    return all
  }
}
