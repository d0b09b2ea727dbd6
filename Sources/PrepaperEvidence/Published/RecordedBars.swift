internal import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON

/// The base bars that a run has left, of one symbol after the other.
struct RecordedBars: Sendable {
  private let files: [RunDefinition.BarsFile]
  private let timeframe: Timeframe?
  private let directory: String
  private let archive: any BarArchive
  private let read: @Sendable (String) throws(RunError) -> [UInt8]?

  /// The bars of a run.
  ///
  /// - Parameters:
  ///   - definition: the whole of its `run_manifest.json`.
  ///   - archive: reads what is in them.
  ///   - directory: its path, for errors.
  ///   - read: gives the bytes of a file in it, or nil where there is none.
  init(
    _ definition: JSONValue, _ archive: any BarArchive, directory: String,
    read: @escaping @Sendable (String) throws(RunError) -> [UInt8]?
  ) {
    files = ManifestFiles(definition).bars
    timeframe = definition["data"]?["base_timeframe"]?.stringValue.flatMap(Timeframe.init(parsing:))
    self.archive = archive
    self.directory = directory
    self.read = read
  }

  /// The bars of a symbol; nil where the run has none of it.
  ///
  /// - Throws: `RunError` with `bars_invalid`, or `cannot_write` where they cannot be read.
  func bars(of symbol: Symbol) throws(RunError) -> BarSeries? {
    guard let file = files.first(where: { $0.symbol == symbol }), let timeframe, let bytes = try read(file.path) else {
      return nil
    }
    return try archive.bars(
      csv: bytes, source: "\(directory)/\(file.path)", symbol: symbol, timeframe: timeframe)
  }
}
