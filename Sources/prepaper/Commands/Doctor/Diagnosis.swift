/// Everything that a run needs, looked at thing by thing; a file for each room of the house.
struct Diagnosis {
  let settings: Settings
  let queuePath: String

  /// All that is found, in the order in which an operator asks.
  func findings() async -> [Finding] {
    versions() + clock() + settingsFindings() + (await queueFindings()) + places() + services() + strategies()
      + (await data())
  }
}
