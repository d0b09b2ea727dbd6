import Foundation
import PrepaperDomain
package import PrepaperHTTP
import PrepaperMarketData
import PrepaperPrograms

extension Settings {
  /// The sources of bars that have a name.
  package var sourceCatalog: SourceCatalog { SourceCatalog(folders: registrationFolders("sources.d")) }

  /// Where the keys of sources are found.
  package var secrets: SecretStore { SecretStore(environment: environment) }

  /// The source of bars that `BARS_SOURCE` names, or nil where it is not set.
  ///
  /// - Parameters:
  ///   - queueDb: the queue that a flag names; what is fetched is kept beside it, or in the directory of the service.
  ///   - observe: hears what the source says of how it gets on, a line each.
  /// - Throws: `AppError` with `configuration` for one that is not known; the store's failure where what a source
  ///   has sent cannot be kept.
  func barSource(
    queueDb: String?, observe: @escaping @Sendable (String) -> Void
  ) throws(AppError) -> (any BarSource)? {
    guard let text = value(.barsSource) else { return nil }
    switch try chosenSource(text) {
    case .folder(let path): return CSVBarSource(directory: path)
    case .file(let path): return SQLiteBarSource(path: path, busyWait: .ofThisProcess)
    case .named(let source):
      return CachedBarSource(
        try fetching(source, observe), store: try keptBars(of: source, beside: queuePath(flag: queueDb)))
    }
  }

  /// What `BARS_SOURCE` can name; paths are absolute.
  enum ChosenSource {
    case folder(String)
    case file(String)
    case named(NamedSource)
  }

  /// What a value of `BARS_SOURCE` names; nothing is opened.
  ///
  /// - Throws: `AppError` with `configuration` for one that is not known.
  func chosenSource(_ text: String) throws(AppError) -> ChosenSource {
    if let directory = text.after("csv:") { return .folder(absolutePath(directory)) }
    if let file = text.after("sqlite:") { return .file(absolutePath(file)) }
    return .named(try namedSource(text))
  }

  /// The source behind `http:NAME`, `http:FILE.json` or `exec:NAME`.
  private func namedSource(_ text: String) throws(AppError) -> NamedSource {
    guard let name = text.after("http:") ?? text.after("exec:") else {
      throw AppError(
        "configuration",
        "BARS_SOURCE is '\(text)'; it must be csv:DIR, sqlite:FILE, http:NAME, http:FILE.json or exec:NAME",
        .configuration)
    }
    let isFile = text.hasPrefix("http:") && (name.contains("/") || name.hasSuffix(".json"))
    guard let source = isFile ? try sourceFile(absolutePath(name)) : try sourceCatalog.source(named: name) else {
      let folders = sourceCatalog.folders.paths.joined(separator: " or ")
      throw AppError(
        "configuration",
        "BARS_SOURCE is '\(text)', but there is \(isFile ? "no such file" : "no \(name).json in \(folders)"); "
          + "'prepaper sources' lists those that there are", .configuration)
    }
    guard isFile || source.setting == text else {
      throw AppError(
        "configuration", "BARS_SOURCE is '\(text)', but that source is \(source.setting); say so", .configuration)
    }
    return source
  }

  private func sourceFile(_ path: String) throws(AppError) -> NamedSource? {
    let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
    let file: RegistrationFile?
    do throws(RegistrationError) {
      file = try RegistrationFile(path: path, name: name)
    } catch {
      throw AppError(error)
    }
    guard let source = try file.map({ file throws(AppError) in try NamedSource(file) }) else { return nil }
    guard case .http = source.kind else {
      throw AppError("configuration", "\(path), kind: must be http in BARS_SOURCE=http:FILE", .configuration)
    }
    return source
  }

  private func fetching(
    _ source: NamedSource, _ hear: @escaping @Sendable (String) -> Void
  ) throws(AppError) -> any BarSource {
    let observe: @Sendable (String) -> Void = { [setting = source.setting] line in hear("\(setting): \(line)") }
    return switch source.kind {
    case .http(let descriptor):
      HTTPBarSource(
        descriptor, secrets: secrets, clock: SystemClock(), jitter: { Double.random(in: 0...1) }, observe: observe)
    case .exec(let registration):
      ExecBarSource(registration, archive: CSVBarArchive(), mark: attemptMark, observe: observe)
    }
  }

  /// The store beside a queue with the bars that have come from one source.
  private func keptBars(
    of source: NamedSource, beside queue: String
  ) throws(AppError) -> BarStore {
    // The directory of a service's queue is the group's to write, and these bars are not.
    let own = environment["STATE_DIRECTORY"]?.isEmpty == false
    let directory = own ? stateDirectory : URL(fileURLWithPath: queue).deletingLastPathComponent().path
    try Self.makeDirectory(directory)
    do {
      return try restrictingGroupToReading { () throws(RunError) in
        try BarStore(path: "\(directory)/bars_\(source.cacheName).db", busyWait: .ofThisProcess)
      }
    } catch let error {
      throw AppError(error)
    }
  }
}

extension String {
  /// What follows a prefix, or nil where the text begins otherwise or nothing follows.
  fileprivate func after(_ prefix: String) -> String? {
    hasPrefix(prefix) && utf8.count > prefix.utf8.count ? String(dropFirst(prefix.count)) : nil
  }
}
