import PrepaperDomain
import PrepaperMarketData

/// Puts files of bars into a store, one after the other, each as a whole or not at all.
package struct BarsImport {
  /// Hears how far it is: with what, how much is done, of how much if that is known, counted in what.
  package typealias Progress = (_ what: String, _ done: Int, _ all: Int?, _ unit: String) -> Void

  private let store: BarStoreFile
  private let replaces: Bool
  private let progress: Progress

  /// An import that has not begun yet.
  ///
  /// - Parameters:
  ///   - replaces: whether bars with other numbers take the place of those that are there.
  ///   - progress: hears how far it is.
  package init(into store: BarStoreFile, replacing replaces: Bool, progress: @escaping Progress) {
    self.store = store
    self.replaces = replaces
    self.progress = progress
  }

  /// Imports them, up to the first one that cannot be.
  package func take(_ files: [ImportFile]) -> [ImportedFile] {
    var isRefused = false
    return files.map { file in
      let outcome = isRefused ? .notTried : outcome(file)
      if case .refused = outcome { isRefused = true }
      return ImportedFile(file: file, outcome: outcome)
    }
  }

  private func outcome(_ file: ImportFile) -> ImportedFile.Outcome {
    do {
      let bars = try file.bars(progress)
      // Not before there is something to put into it: a file that cannot be read must not leave an empty store.
      return .imported(try put(bars, from: file, into: store.open()), bars: bars.count)
    } catch {
      return .refused(AppError(error) ?? AppError("unexpected", "\(file.name): \(error)", .failed))
    }
  }

  private func put(_ bars: BarSeries, from file: ImportFile, into store: BarStore) throws(RunError) -> BarImport {
    do {
      return try store.importBars(bars, replacing: replaces, at: SystemClock().now) { done in
        progress("importing \(file.name)", done, bars.count, "bars")
      }
    } catch let error {
      throw RunError(error.code, "\(file.name): \(error.message)")
    }
  }
}
