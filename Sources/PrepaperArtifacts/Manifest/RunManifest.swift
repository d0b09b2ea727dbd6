package import PrepaperDomain
package import PrepaperJSON

/// `run_manifest.json`: what a run is, from its inputs to its outputs.
///
/// The same inputs give the same bytes, on any machine, at any time; how it went this time stands in `RunMeta`. What a
/// run has written is read back as it was: `RunManifest(json).json == json`.
package struct RunManifest: Hashable, Sendable {
  /// The version of the manifest's form, and of the rules by which runs are made.
  ///
  /// By 1.0.0 a last hour ended after its session's close, and a daily bar of all hours had what was traded after it.
  package static let schemaVersion = "1.1.0"
  /// Those that are read.
  static let knownSchemaVersions = ["1.0.0", schemaVersion]

  /// The strategy that ran.
  package struct Strategy: Hashable, Sendable {
    package let key: String
    /// The version that ran.
    package let version: String
    /// The version that the backtest names; nil of a run by the rules of 1.0.0, which does not tell them apart.
    package let backtestVersion: String?
    package let digest: String
    /// Every parameter with its value, defaults included.
    package let parameters: [String: JSONValue]
    /// Parameters of the backtest that never changed a signal.
    package let ignoredParameters: [String]

    /// A strategy with every parameter's value.
    package init(
      key: String, version: String, backtestVersion: String?, digest: String, parameters: [String: JSONValue],
      ignoredParameters: [String]
    ) {
      self.key = key
      self.version = version
      self.backtestVersion = backtestVersion
      self.digest = digest
      self.parameters = parameters
      self.ignoredParameters = ignoredParameters
    }
  }

  /// Which bars the run saw: the same for all of its symbols.
  package struct SeenData: Hashable, Sendable {
    /// The instruments, ascending.
    package let symbols: [Symbol]
    /// The timeframe of the strategy's bars, and the one that those were built from.
    package let timeframe, baseTimeframe: Timeframe
    /// Which bars of a day it saw.
    package let sessionMode: SessionMode
    /// The market's days and hours, and the version of them.
    package let calendar: CalendarName
    package let calendarVersion: String
    /// What it evaluated.
    package let window: TimeSpan
    /// How many bars before the window were asked for.
    package let warmUpBars: Int
    /// Where the bars came from.
    package let provenance: BarsProvenance

    /// The data of a run.
    package init(
      symbols: [Symbol], timeframe: Timeframe, baseTimeframe: Timeframe, sessionMode: SessionMode,
      calendar: CalendarName, calendarVersion: String, window: TimeSpan, warmUpBars: Int, provenance: BarsProvenance
    ) {
      self.symbols = symbols
      self.timeframe = timeframe
      self.baseTimeframe = baseTimeframe
      self.sessionMode = sessionMode
      self.calendar = calendar
      self.calendarVersion = calendarVersion
      self.window = window
      self.warmUpBars = warmUpBars
      self.provenance = provenance
    }
  }

  /// Digests of what went into the run.
  package struct Inputs: Hashable, Sendable {
    /// SHA-256 of the backtest's manifest in compact canonical form.
    package let backtestHash: String
    /// How the backtest ended, where that was not in `success`.
    package let backtestStatus: String?
    /// SHA-256 over the features, see `FeaturesHash`.
    package let featuresHash: String
    /// SHA-256 over the sorted lines `SYMBOL sha256-of-its-bars-file`: of the bars, never of the request.
    package let marketDataHash: String
    /// The files of bars.
    package let bars: [BarsFile]

    /// Digests of a backtest and of what the run has seen.
    package init(backtest: BacktestManifest, featuresHash: String, bars: [BarsFile]) {
      self.init(
        backtestHash: backtest.digest, backtestStatus: backtest.isApproved ? nil : backtest.status,
        featuresHash: featuresHash, marketDataHash: BarsFile.hash(of: bars), bars: bars)
    }

    init(
      backtestHash: String, backtestStatus: String?, featuresHash: String, marketDataHash: String, bars: [BarsFile]
    ) {
      self.backtestHash = backtestHash
      self.backtestStatus = backtestStatus
      self.featuresHash = featuresHash
      self.marketDataHash = marketDataHash
      self.bars = bars
    }
  }

  /// Digests of what the run wrote.
  package struct Outputs: Hashable, Sendable {
    package let planHash: String
    package let signals: Int
    package let orders: Int
    package let signalsExportHash: String

    /// Digests and counts.
    package init(planHash: String, signals: Int, orders: Int, signalsExportHash: String) {
      self.planHash = planHash
      self.signals = signals
      self.orders = orders
      self.signalsExportHash = signalsExportHash
    }
  }

  /// By which rules the run was made.
  package let schemaVersion: String
  /// The run's own id.
  package let runID: RunID
  /// Whether the window was over or ended at the present.
  package let mode: RunMode
  /// The backtest behind it.
  package let backtestRunID: RunID
  /// The strategy that ran.
  package let strategy: Strategy
  /// How orders got their quantity; nil where they have none.
  package let sizing: String?
  /// Which bars it saw; the bars themselves are in `inputs.bars`.
  package let data: SeenData
  /// What the gate found.
  package let history: RunHistory
  /// What went in.
  package let inputs: Inputs
  /// What came out.
  package let outputs: Outputs
  /// `SUCCESS`, or `NO_SIGNALS` where the gate did not let the strategy run.
  package let status: RunStatus
  /// What the run has proven of itself.
  package var proof: RunProof
  /// The version of prepaper.
  package let generatorVersion: String

  /// The manifest of a run that has these parts; its status follows from its history.
  package init(
    runID: RunID, mode: RunMode, backtestRunID: RunID, strategy: Strategy, sizing: String?, data: SeenData,
    history: RunHistory, inputs: Inputs, outputs: Outputs, proof: RunProof, generatorVersion: String
  ) {
    schemaVersion = Self.schemaVersion
    self.runID = runID
    self.mode = mode
    self.backtestRunID = backtestRunID
    self.strategy = strategy
    self.sizing = sizing
    self.data = data
    self.history = history
    self.inputs = inputs
    self.outputs = outputs
    status = history.isEnough ? .success : .noSignals
    self.proof = proof
    self.generatorVersion = generatorVersion
  }

  /// Why the strategy did not run; nil where it did.
  package var reason: String? { status == .noSignals ? history.reason : nil }
}
