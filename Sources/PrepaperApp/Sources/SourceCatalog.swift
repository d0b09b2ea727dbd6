import PrepaperHTTP
import PrepaperPrograms

/// Every source of bars that has a name: those that ship with prepaper, and before them those of the operator.
package struct SourceCatalog {
  let folders: RegistrationFolders

  /// The source of a name, or nil where there is none; the operator's own goes before one that ships.
  ///
  /// - Throws: `AppError` with `configuration` where its file cannot be used.
  package func source(named name: String) throws(AppError) -> NamedSource? {
    let file: RegistrationFile?
    do throws(RegistrationError) { file = try folders.file(named: name) } catch { throw AppError(error) }
    if let file { return try NamedSource(file) }
    return try NamedSource(shipped: name)
  }

  /// Every source by its name in the order of the alphabet, and for those that cannot be used why.
  ///
  /// - Throws: `AppError` where a folder cannot be read.
  package func all() throws(AppError) -> [(name: String, source: Result<NamedSource, AppError>)] {
    let registered: [String]
    do throws(RegistrationError) { registered = try folders.names() } catch { throw AppError(error) }
    var all: [(name: String, source: Result<NamedSource, AppError>)] = []
    for name in Set(registered + HTTPDescriptor.shipped.map(\.name)).sorted() {
      do throws(AppError) {
        guard RegistrationFolders.isValid(name) else {
          throw AppError(
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
