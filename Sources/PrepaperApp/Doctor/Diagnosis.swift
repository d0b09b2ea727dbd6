/// Everything that a run needs, looked at thing by thing; a file for each room of the house.
package struct Diagnosis {
  let settings: Settings
  let queuePath: String

  /// What these settings lead to.
  ///
  /// - Parameter queueDb: the queue that a flag names.
  package init(_ settings: Settings, queueDb: String?) {
    self.settings = settings
    queuePath = settings.queuePath(flag: queueDb)
  }

  /// All that is found, in the order in which an operator asks.
  package func findings() async -> [Finding] {
    versions() + clock() + settingsFindings() + (await queueFindings()) + places() + (await services()) + strategies()
      + (await data())
  }
}
