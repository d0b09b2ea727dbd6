import Foundation

/// A file with instruments, one a line; what follows a `#` is passed over, and so are empty lines.
package struct SymbolsFile {
  /// The instruments, as they are written.
  package let symbols: [String]

  /// The file at a path.
  ///
  /// - Throws: `AppError` with `inputMissing` where it cannot be read, `data` where it has none.
  package init(path: String) throws(AppError) {
    let text: String
    do {
      text = try String(contentsOfFile: absolutePath(path), encoding: .utf8)
    } catch {
      throw AppError(
        "symbols_file", "cannot read the instruments in \(path): \(error.localizedDescription)", .inputMissing)
    }
    symbols = text.split(whereSeparator: \.isNewline).compactMap { line in
      let symbol = line.prefix { $0 != "#" }.trimmingCharacters(in: .whitespaces)
      return symbol.isEmpty ? nil : symbol
    }
    guard !symbols.isEmpty else { throw AppError("symbols_file", "there are no instruments in \(path)", .data) }
  }
}
