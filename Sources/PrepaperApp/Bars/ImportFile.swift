import Glibc
package import PrepaperDomain
import PrepaperMarketData

/// A file to import, and which series is in it.
package struct ImportFile {
  /// The path as it was given; `-` for the standard input.
  package let path: String
  /// Whose bars are in it.
  package let symbol: Symbol
  /// How long its bars are.
  package let timeframe: Timeframe

  /// A file of `SYMBOL.TF.csv`, as far as no flag says what is in it.
  ///
  /// - `bars/BRK.B.M1.csv` has the bars M1 of BRK.B
  /// - Throws: `FieldFault` where neither name nor flag tells.
  package init(_ path: String, symbol: Symbol?, timeframe: Timeframe?) throws(FieldFault) {
    self.path = path
    let parts = path.split(separator: "/").last.map { $0.split(separator: ".", omittingEmptySubsequences: false) } ?? []
    let isNamed = parts.count >= 3 && parts.last == "csv"
    let named = isNamed ? Timeframe(parsing: String(parts[parts.count - 2])) : nil
    guard let symbol = symbol ?? (named == nil ? nil : Symbol(parts.dropLast(2).joined(separator: "."))) else {
      throw Self.fault(path, "instrument", "--symbol")
    }
    guard let timeframe = timeframe ?? named else { throw Self.fault(path, "timeframe", "--timeframe") }
    self.symbol = symbol
    self.timeframe = timeframe
  }

  /// What people call it.
  var name: String { path == "-" ? "standard input" : path }

  /// Reads the bars, which are checked by the rules that a run has.
  ///
  /// - Throws: `AppError` with `inputMissing` where there is none, `RunError`.
  func bars(_ progress: BarsImport.Progress) throws -> BarSeries {
    let descriptor = path == "-" ? STDIN_FILENO : unsafe open(absolutePath(path), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw AppError(
        "input_missing", "cannot read \(path): \(unsafe String(cString: strerror(errno)))", .inputMissing)
    }
    defer { if path != "-" { close(descriptor) } }
    var status = stat()
    let isFile = unsafe fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    return try BarSeries(csvFrom: descriptor, name: name, symbol: symbol, timeframe: timeframe) { bytes in
      progress("reading \(name)", bytes / 1_000_000, isFile ? Int(status.st_size) / 1_000_000 : nil, "MB")
    }
  }

  private static func fault(_ path: String, _ what: String, _ flag: String) -> FieldFault {
    FieldFault(
      path == "-"
        ? "The standard input needs --symbol and --timeframe."
        : "The \(what) of '\(path)' is not in its name, as in SYMBOL.TF.csv; say \(flag).")
  }
}
