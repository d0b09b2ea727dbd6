import PrepaperDomain
import PrepaperJSON

/// A setting as `doctor` shows it: what is in force, and where that comes from.
struct SettingRow {
  let name, value, origin: String

  /// Every setting there is.
  static func all(_ settings: Settings) -> [SettingRow] {
    Setting.allCases.map { setting in
      if let (value, origin) = settings.valueAndOrigin(setting) {
        return SettingRow(name: setting.name, value: value, origin: origin.words)
      }
      return SettingRow(name: setting.name, value: settings.defaultWords(setting), origin: "default")
    }
  }

  /// The setting as `--json` shows it.
  var json: JSONValue {
    .object(["name": .string(name), "value": .string(value), "from": .string(origin)])
  }
}

extension Settings {
  /// What is in force where nobody says otherwise; `-` where there is nothing.
  fileprivate func defaultWords(_ setting: Setting) -> String {
    switch setting {
    case .queueDb: queuePath(flag: nil)
    case .artifactsRoot: absolutePath("artifacts")
    case .artifactsRoots: allowedRoots?.joined(separator: ":") ?? "those of this user"
    case .provider: Provider.fake.rawValue
    case .signalsDb: Self.usualSignalsPath
    case .concurrency: "1"
    case .runTimeout: "3600"
    case .grace, .retryDelay: "5"
    case .lease: "30"
    case .nice: "0"
    case .logLevel: "info"
    case .keep: "90d"
    case .barsSource, .stopTimeout, .maxMemory, .metricsFile: "-"
    }
  }
}
