import PrepaperPrograms

extension Settings {
  /// The folders of that name in which an operator registers programs: the system's and the user's.
  func registrationFolders(_ name: String) -> RegistrationFolders {
    let given = environment["XDG_CONFIG_HOME"] ?? ""
    let user = given.isEmpty ? "\(environment["HOME"] ?? "/")/.config" : given
    return RegistrationFolders(["/etc/prepaper/\(name)", "\(user)/prepaper/\(name)"])
  }

  /// By what a worker finds the processes of an attempt; nil where this is none.
  var attemptMark: String? { environment["PREPAPER_ATTEMPT_LOCK"] }

  /// The strategies that a run may name.
  ///
  /// - Parameter observe: hears what a strategy's program says on its standard error, a line each.
  func strategyCatalog(observe: @escaping @Sendable (String) -> Void) -> StrategyCatalog {
    StrategyCatalog(folders: registrationFolders("strategies.d"), mark: attemptMark, observe: observe)
  }

  /// The source of bars that `exec:NAME` means.
  ///
  /// - Throws: `CommandFailure` with exit code 78 where the name is not registered, or its registration is wrong.
  func execSource(
    _ name: String, observe: @escaping @Sendable (String) -> Void
  ) throws(CommandFailure) -> ExecBarSource {
    let folders = registrationFolders("sources.d")
    let registration: ExecSourceRegistration?
    do throws(RegistrationError) {
      registration = try folders.file(named: name).map { file throws(RegistrationError) in
        try ExecSourceRegistration(file)
      }
    } catch {
      throw CommandFailure(error)
    }
    guard let registration else {
      throw CommandFailure(
        "configuration",
        "BARS_SOURCE is 'exec:\(name)', but there is no \(name).json in \(folders.paths.joined(separator: " or "))",
        .configuration)
    }
    return ExecBarSource(registration, mark: attemptMark, observe: observe)
  }
}

extension CommandFailure {
  /// A registration that cannot be used is a fault of the configuration.
  init(_ error: RegistrationError) {
    self.init("configuration", error.description, .configuration)
  }
}
