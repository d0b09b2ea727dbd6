package import PrepaperDomain
package import PrepaperJSON

/// `run_manifest.json`: what a run is, from its inputs to its outputs.
///
/// The same inputs give the same bytes, on any machine, at any time; how it went this time stands in `RunMeta`.
package struct RunDefinition: Sendable {
  /// The version of the manifest's form.
  package static let schemaVersion = "1.0.0"

  /// One file of bars that the run saw.
  package struct BarsFile: Hashable, Sendable {
    package let symbol: Symbol
    /// Relative to the run's directory.
    package let path: String
    package let rows: Int
    package let sha256: String

    /// A file of that many rows.
    package init(symbol: Symbol, path: String, rows: Int, sha256: String) {
      self.symbol = symbol
      self.path = path
      self.rows = rows
      self.sha256 = sha256
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

  /// The strategy as the definition names it.
  package struct StrategyIdentity: Sendable {
    package let key, version, digest: String
    package let parameters: [String: JSONValue]
    package let ignoredParameters: [String]

    /// A strategy with every parameter's value.
    package init(
      key: String, version: String, digest: String, parameters: [String: JSONValue], ignoredParameters: [String]
    ) {
      self.key = key
      self.version = version
      self.digest = digest
      self.parameters = parameters
      self.ignoredParameters = ignoredParameters
    }
  }

  /// Which bars the run saw: the same for all of its symbols.
  package struct Data: Sendable {
    package let symbols: [Symbol]
    package let baseTimeframe: Timeframe
    package let schedule: SessionSchedule
    package let window: TimeSpan
    package let provenance: BarsProvenance

    /// The data of a run.
    package init(
      symbols: [Symbol], baseTimeframe: Timeframe, schedule: SessionSchedule, window: TimeSpan,
      provenance: BarsProvenance
    ) {
      self.symbols = symbols
      self.baseTimeframe = baseTimeframe
      self.schedule = schedule
      self.window = window
      self.provenance = provenance
    }
  }

  /// What was asked for.
  package let request: RunRequest
  /// The backtest behind it.
  package let backtest: BacktestManifest
  /// The strategy that ran.
  package let strategy: StrategyIdentity
  /// Calendar, window and provenance of the bars; the bars themselves are in `bars`.
  package let data: Data
  /// How many warm-up bars were asked for.
  package let warmUpBars: Int
  /// What the gate found.
  package let history: RunHistory
  /// SHA-256 over the features, see `featuresHash`.
  package let featuresHash: String
  /// The bars' files.
  package let bars: [BarsFile]
  /// What came out.
  package let outputs: Outputs
  /// What the run has proven of itself.
  package let proof: RunProof
  /// The version of prepaper.
  package let generatorVersion: String

  /// A definition of these parts.
  package init(
    request: RunRequest, backtest: BacktestManifest, strategy: StrategyIdentity, data: Data, warmUpBars: Int,
    history: RunHistory, featuresHash: String, bars: [BarsFile], outputs: Outputs, proof: RunProof,
    generatorVersion: String
  ) {
    self.request = request
    self.backtest = backtest
    self.strategy = strategy
    self.data = data
    self.warmUpBars = warmUpBars
    self.history = history
    self.featuresHash = featuresHash
    self.bars = bars
    self.outputs = outputs
    self.proof = proof
    self.generatorVersion = generatorVersion
  }

  /// `SUCCESS`, or `NO_SIGNALS` where the gate did not let the strategy run.
  package var status: RunStatus { history.isEnough ? .success : .noSignals }

  /// SHA-256 over the sorted lines `SYMBOL sha256-of-its-bars-file`: of the bars, never of the request.
  package var marketDataHash: String { Self.marketDataHash(of: bars) }

  /// The same of any files of bars.
  package static func marketDataHash(of bars: [BarsFile]) -> String {
    sha256Hex(bars.map { "\($0.symbol) \($0.sha256)\n" }.sorted(by: precedesByBytes).joined())
  }
}
