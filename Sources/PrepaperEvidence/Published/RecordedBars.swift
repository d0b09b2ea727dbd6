internal import PrepaperArtifacts
import PrepaperDomain
import PrepaperJSON

/// The base bars that a run has left, of one symbol after the other.
struct RecordedBars: Sendable {
  private let files: [RunManifest.BarsFile]
  private let timeframe: Timeframe
  private let directory: String
  private let archive: any BarArchive
  private let read: @Sendable (String) throws(RunError) -> [UInt8]?

  /// The bars of a run.
  ///
  /// - Parameters:
  ///   - manifest: what the run is.
  ///   - archive: reads what is in them.
  ///   - directory: its path, for errors.
  ///   - read: gives the bytes of a file in it, or nil where there is none.
  init(
    _ manifest: RunManifest, _ archive: any BarArchive, directory: String,
    read: @escaping @Sendable (String) throws(RunError) -> [UInt8]?
  ) {
    files = manifest.inputs.bars
    timeframe = manifest.data.baseTimeframe
    self.archive = archive
    self.directory = directory
    self.read = read
  }

  /// The bars of a symbol; nil where the run has none of it.
  ///
  /// - Throws: `RunError` with `bars_invalid`, or `cannot_write` where they cannot be read.
  func bars(of symbol: Symbol) throws(RunError) -> BarSeries? {
    guard let file = files.first(where: { $0.symbol == symbol }), let bytes = try read(file.path) else {
      return nil
    }
    return try archive.bars(
      csv: bytes, source: "\(directory)/\(file.path)", symbol: symbol, timeframe: timeframe)
  }
}
