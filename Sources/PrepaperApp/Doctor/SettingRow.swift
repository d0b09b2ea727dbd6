/// What is in force of a setting, and where that comes from.
package struct SettingRow {
  /// Its variable, its value in words, and the place that says so.
  package let name, value, origin: String

  /// Every setting there is.
  package static func all(_ settings: Settings) -> [SettingRow] {
    Setting.allCases.map { setting in
      if let (value, origin) = settings.valueAndOrigin(setting) {
        return SettingRow(name: setting.name, value: value, origin: origin.words)
      }
      return SettingRow(name: setting.name, value: settings.defaultWords(setting), origin: "default")
    }
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
