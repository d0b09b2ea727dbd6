import ArgumentParser
import PrepaperApp
import PrepaperJSON

/// `prepaper doctor`: looks at everything that a run needs, and says what to do.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Look at everything that a run needs, and say what to do.",
    discussion: """
      Each setting comes with where it is from; then each thing looked at with ok, warning or error. Exit code 1 where \
      there is an error, else 0. Nothing is changed: a file that is written to try the disk is removed again, and a \
      vendor is asked whether it is there, without a key.
      """)

  @OptionGroup var queue: QueueOptions
  @OptionGroup var answer: OutputOptions

  func run() async throws {
    let settings = try await Settings()
    let findings = await Diagnosis(settings, queueDb: queue.queueDb).findings()
    let isIll = findings.contains { $0.grade == .error }
    try answer.output.end(
      json: ["settings": .array(SettingRow.all(settings).map(\.json)), "findings": .array(findings.map(\.json))],
      status: isIll ? .failed : nil
    ) { text(settings, findings) }
  }

  private func text(_ settings: Settings, _ findings: [Finding]) -> String {
    var table = Table(["SETTING", "VALUE", "FROM"])
    for row in SettingRow.all(settings) { table.add([row.name, row.value, row.origin]) }
    let colour = StateColour(environment: settings.environment)
    let width = findings.map(\.topic.count).max() ?? 0
    let lines = findings.map { finding in
      let mark = finding.grade.rawValue + String(repeating: " ", count: 9 - finding.grade.rawValue.count)
      let topic = finding.topic + String(repeating: " ", count: width + 2 - finding.topic.count)
      let remedy = finding.remedy.map { "\n\(String(repeating: " ", count: width + 11))→ \($0)" } ?? ""
      return "\(colour.paint(mark, finding.grade))\(topic)\(finding.text)\(remedy)"
    }
    return table.text + "\n\n" + lines.joined(separator: "\n")
  }
}

extension StateColour {
  /// The text in the colour of a finding.
  fileprivate func paint(_ text: String, _ grade: Finding.Grade) -> String {
    switch grade {
    case .ok: paint(text, code: "32")
    case .warning: paint(text, code: "33")
    case .error: paint(text, code: "31")
    }
  }
}

extension Finding {
  fileprivate var json: JSONValue {
    .object([
      "topic": .string(topic), "grade": .string(grade.rawValue), "text": .string(text),
      "remedy": remedy.map(JSONValue.string) ?? .null,
    ])
  }
}

extension SettingRow {
  fileprivate var json: JSONValue {
    .object(["name": .string(name), "value": .string(value), "from": .string(origin)])
  }
}
