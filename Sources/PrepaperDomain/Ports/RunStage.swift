/// The stages of a run, in their order.
package enum RunStage: String, CaseIterable, Sendable {
  case manifest, bars, gate, features, strategy, plan, files, proof, report, signals
}
