import Foundation

extension Diagnosis {
  private static let unit = "prepaper-worker.service"
  private static let properties = [
    "LoadState", "ActiveState", "Result", "UnitFileState", "NRestarts", "WatchdogUSec", "NeedDaemonReload",
    "StatusText",
  ]

  /// What systemd says of the worker's unit: the system's, and this user's own.
  func services() async -> [Finding] {
    guard FileManager.default.fileExists(atPath: "/run/systemd/system") else {
      return [.ok("unit", "systemd does not run here; prepaper worker works without it")]
    }
    let systemctl = SystemProgram(path: "/usr/bin/systemctl")
    var found: [Finding] = []
    for manager in [[], ["--user"]] { found += await unit(of: manager, systemctl) }
    return found.isEmpty
      ? [.ok("unit", "no \(Self.unit) is installed; prepaper worker works without it")] : found
  }

  /// - Parameter manager: the flags that name the manager.
  private func unit(of manager: [String], _ systemctl: SystemProgram) async -> [Finding] {
    let name = (manager + [Self.unit]).joined(separator: " ")
    switch await systemctl.answer(
      manager + ["show", "--property=\(Self.properties.joined(separator: ","))", Self.unit])
    {
    case .text(let answer): return Self.findings(on: name, of: manager, answer)
    // Not everybody has a manager of their own.
    case .refused: return []
    case .late, .long:
      return [
        .warning(
          "unit", "systemctl was asked for \(name) and gave no answer that can be used",
          do: "look at it with \((["systemctl"] + manager).joined(separator: " ")) status prepaper-worker")
      ]
    }
  }

  /// What follows from the properties of the unit, a line `Name=value` each.
  ///
  /// - Parameter manager: the flags that name its manager.
  static func findings(on name: String, of manager: [String], _ answer: String) -> [Finding] {
    var values: [String: String] = [:]
    for line in answer.split(separator: "\n") {
      let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { values[String(parts[0])] = String(parts[1]) }
    }
    guard values["LoadState"] == "loaded" else { return [] }
    let control = (["systemctl"] + manager).joined(separator: " ")
    var findings: [Finding] = []
    switch values["ActiveState"] {
    case "active", "reloading":
      findings.append(.ok("unit", "\(name) is active: \(values["StatusText"] ?? "")"))
    case "failed":
      findings.append(
        .error(
          "unit", "\(name) has failed (\(values["Result"] ?? "unknown"))",
          do:
            "journalctl\(manager.isEmpty ? "" : " --user") -u prepaper-worker says why; then \(control) start prepaper-worker"
        ))
    case let state:
      findings.append(
        .warning("unit", "\(name) is \(state ?? "unknown")", do: "\(control) enable --now prepaper-worker"))
    }
    if values["NeedDaemonReload"] == "yes" {
      findings.append(.warning("unit", "\(name) has changed on disk", do: "\(control) daemon-reload"))
    }
    if ["0", "infinity"].contains(values["WatchdogUSec"] ?? "0") {
      findings.append(
        .warning("watchdog", "\(name) has none: a worker that hangs stays so", do: "set WatchdogSec=60s in it"))
    } else {
      findings.append(.ok("watchdog", "a worker that is silent for \(values["WatchdogUSec"] ?? "") is started again"))
    }
    if let restarts = values["NRestarts"].flatMap({ Int($0) }), restarts > 0 {
      findings.append(
        .warning(
          "unit", "\(name) was started again \(restarts) times since it was started by hand",
          do: "journalctl\(manager.isEmpty ? "" : " --user") -u prepaper-worker says why"))
    }
    return findings
  }
}
