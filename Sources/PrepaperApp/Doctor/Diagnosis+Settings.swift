import Foundation

extension Diagnosis {
  /// Whether each setting says what can be, and whether somebody has mistyped a name.
  func settingsFindings() -> [Finding] {
    var findings: [Finding] = []
    do {
      // As a worker without flags reads them.
      _ = try WorkerFlags().tuning(settings)
      _ = try settings.provider
    } catch {
      findings.append(.error("settings", "\(error)", do: "mend it where it is from"))
    }
    do throws(AppError) {
      findings += try settings.unknownNames().map { origin, name in
        .warning(
          "settings", "\(name) (\(origin.words)) is no setting of prepaper",
          do: "man prepaper.env lists them; look for a typing error")
      }
    } catch {
      findings.append(.error("settings", error.message))
    }
    let files = settings.files.filter { FileManager.default.fileExists(atPath: $0) }
    let list =
      files.isEmpty
      ? "no settings file; looked for \(settings.files.joined(separator: " and "))" : files.joined(separator: ", ")
    return findings.isEmpty ? [.ok("settings", list)] : findings
  }
}
