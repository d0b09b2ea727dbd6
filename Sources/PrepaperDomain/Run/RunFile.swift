/// The files of a run in its folder that have a fixed name; the bars are in `bars/` beside them.
package enum RunFile: String, Sendable, CustomStringConvertible {
  /// The definition: what the run is, from its inputs to its outputs.
  case manifest = "run_manifest.json"
  /// How the run went this time.
  case meta = "run_meta.json"
  /// The orders.
  case plan = "plan.json"
  /// The signals as the store has them.
  case signalsExport = "signals_export.json"
  /// All of it for people.
  case report = "report.html"
  /// Which signals are not the backtest's, and why.
  case drift = "drift.json"
  /// What more warm-up would change.
  case sensitivity = "sensitivity.json"
  /// The signed statement that the run may be traded.
  case attestation = "attestation.json"

  /// The file's name, which is its path in the folder.
  package var name: String { rawValue }

  /// The file's name, for messages.
  package var description: String { rawValue }
}
