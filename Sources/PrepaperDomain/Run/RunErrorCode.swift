/// Why a run did not succeed, as scripts see it in `error.code` and `jobs.error_code`.
package enum RunErrorCode: String, CaseIterable, Sendable {
  case manifestNotFound = "manifest_not_found"
  case manifestInvalid = "manifest_invalid"
  case backtestNotApproved = "backtest_not_approved"
  case unknownStrategy = "unknown_strategy"
  case paramsInvalid = "params_invalid"
  case symbolUnknown = "symbol_unknown"
  case barsInvalid = "bars_invalid"
  case strategyFailed = "strategy_failed"
  /// The same run, executed again from its own bars, came to something else.
  case nondeterministic
  /// A signal is another one without the bars after its decision.
  case lookahead
  case signalsConflict = "signals_conflict"
  case signalsSchemaForeign = "signals_schema_foreign"
  case signalsUnreadable = "signals_unreadable"
  case artifactConflict = "artifact_conflict"
  case artifactsRootRefused = "artifacts_root_refused"
  case cannotWrite = "cannot_write"
  case dependencyFailed = "dependency_failed"
  case unexpected
  /// The provider wants another key or other rights, or answers as its descriptor does not say.
  case providerRefused = "provider_refused"
  /// A key that signs or checks an attestation cannot be used.
  case keyInvalid = "key_invalid"
  /// A policy of promotion cannot be read.
  case policyInvalid = "policy_invalid"
  /// What the queue holds of a run is no request.
  case requestUnreadable = "queue_unreadable"

  case providerUnavailable = "provider_unavailable"
  case providerRateLimited = "provider_rate_limited"
  case historyLoading = "history_loading"
  case storeBusy = "store_busy"
  case diskFull = "disk_full"
  case readOnly = "read_only"
  case outOfResources = "out_of_resources"
  case workerLost = "worker_lost"
  case timedOut = "timed_out"
  case killed

  /// Whether the same run may succeed a little later, without anybody changing anything.
  package var isTransient: Bool {
    switch self {
    case .providerUnavailable, .providerRateLimited, .historyLoading, .storeBusy, .diskFull, .readOnly,
      .outOfResources, .workerLost, .timedOut, .killed:
      true
    case .manifestNotFound, .manifestInvalid, .backtestNotApproved, .unknownStrategy, .paramsInvalid, .symbolUnknown,
      .barsInvalid, .strategyFailed, .nondeterministic, .lookahead, .signalsConflict, .signalsSchemaForeign,
      .signalsUnreadable, .artifactConflict, .artifactsRootRefused, .cannotWrite, .dependencyFailed, .unexpected,
      .providerRefused, .keyInvalid, .policyInvalid, .requestUnreadable:
      false
    }
  }

  /// Whether the machine could not do what the run needs: nothing is wrong with the run, which was hardly tried.
  package var isOutage: Bool {
    switch self {
    case .diskFull, .readOnly, .outOfResources: true
    default: false
    }
  }
}
