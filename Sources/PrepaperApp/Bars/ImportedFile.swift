package import PrepaperMarketData

/// What became of a file that was to be imported.
package struct ImportedFile {
  /// How it went.
  package enum Outcome {
    /// Its bars are in the store; so many came.
    case imported(BarImport, bars: Int)
    /// Nothing of it is in the store.
    case refused(AppError)
    /// A file before it was refused.
    case notTried
  }

  /// The file.
  package let file: ImportFile
  /// How it went with it.
  package let outcome: Outcome
}
