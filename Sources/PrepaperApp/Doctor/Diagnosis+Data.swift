import Foundation
import PrepaperDomain
import PrepaperHTTP
import PrepaperPrograms
import PrepaperSQLite
import PrepaperSignals

extension Diagnosis {
  /// The operator's own strategies: those that cannot be used make every run that names them fail.
  func strategies() -> [Finding] {
    let catalog = StrategyCatalog(folders: settings.registrationFolders("strategies.d"))
    let registrations: [(name: String, registration: Result<StrategyRegistration, RegistrationError>)]
    do throws(RegistrationError) { registrations = try catalog.registrations() } catch {
      return [.error("strategies", error.description)]
    }
    let unusable = registrations.compactMap { entry -> Finding? in
      guard case .failure(let error) = entry.registration else { return nil }
      return .error("strategies", error.description)
    }
    guard unusable.isEmpty else { return unusable }
    let names = registrations.map(\.name)
    let own = names.isEmpty ? "none of your own" : "your own: \(names.joined(separator: ", "))"
    return [.ok("strategies", "\(StrategyEntry.builtIn.count) come with prepaper; \(own)")]
  }

  /// Where bars come from and signals go to.
  func data() async -> [Finding] {
    do throws(AppError) {
      guard try settings.provider == .real else {
        return [
          .warning(
            "bars", "they are made up (MARKETDATA_PROVIDER is fake): good to try things, and nothing else",
            do: "set MARKETDATA_PROVIDER=real and BARS_SOURCE")
        ]
      }
    } catch {
      // Said with the settings.
      return []
    }
    return await bars() + signals()
  }

  private func bars() async -> [Finding] {
    do throws(AppError) {
      guard let text = settings.value(.barsSource) else {
        return [
          .warning("bars", "BARS_SOURCE is not set, so they are made up", do: "set it; prepaper sources lists names")
        ]
      }
      switch try settings.chosenSource(text) {
      case .folder(let path): return [folder(path)]
      case .file(let path): return [file(path)]
      case .named(let source): return await reach(source)
      }
    } catch {
      return [.error("bars", error.message)]
    }
  }

  private func file(_ path: String) -> Finding {
    if let closed = PathRights(path).closed { return .error("bars", closed.message) }
    guard FileManager.default.isReadableFile(atPath: path) else {
      return .error(
        "bars", "BARS_SOURCE names \(path), which cannot be read", do: "prepaper bars import makes a store of CSV files"
      )
    }
    return .ok("bars", path)
  }

  private func folder(_ path: String) -> Finding {
    if let closed = PathRights(path).closed { return .error("bars", closed.message) }
    do {
      let files = try FileManager.default.contentsOfDirectory(atPath: path).count { $0.hasSuffix(".csv") }
      guard files > 0 else { return .warning("bars", "\(path) has no .csv file", do: "put SYMBOL.TF.csv there") }
      return .ok("bars", "\(path): \(files) files")
    } catch {
      return .error(
        "bars", "BARS_SOURCE names \(path): \(error.localizedDescription)", do: "put the bars there, or name another")
    }
  }

  private func reach(_ source: NamedSource) async -> [Finding] {
    switch source.kind {
    // Its program was looked at with its registration.
    case .exec(let registration): return [.ok("bars", "\(source.setting): \(registration.command.path)")]
    case .http(let descriptor):
      let keys = SourceEntry(source, secrets: settings.secrets).problems.map { problem in
        Finding.warning(
          "bars", "\(source.setting): \(problem) for this command",
          do: "a service has its keys from /etc/prepaper/credentials; else set it in the environment")
      }
      if let problem = await descriptor.unreachable() {
        return keys + [.error("bars", "\(source.setting): \(problem)", do: "check network, proxy and firewall")]
      }
      return keys + [.ok("bars", "\(source.setting) answers")]
    }
  }

  private func signals() -> [Finding] {
    let path = settings.signalsPath
    let rights = PathRights(path)
    if let closed = rights.closed { return [.error("signals", closed.message)] }
    guard FileManager.default.fileExists(atPath: path) else {
      return [
        .warning(
          "signals", "there is no store \(path) yet", do: "an empty file there gets the table, or set SIGNALS_DB_PATH")
      ]
    }
    do {
      guard let id = RunID("doctor") else { return [] }
      _ = try SignalsStore(path: path, busyWait: BusyWait(seed: UInt64(ProcessInfo.processInfo.processIdentifier)))
        .signals(SignalsQuery(runID: id))
    } catch {
      return [.error("signals", error.message)]
    }
    // Whoever only submits need not write it.
    return [.ok("signals", path)] + modes(path)
  }
}
