import Foundation

/// A file with instruments, one a line; what follows a `#` is passed over, and so are empty lines.
struct SymbolsFile {
  let symbols: [String]

  /// The file at a path.
  ///
  /// - Throws: `CommandFailure` with exit code 66 where it cannot be read, 65 where it has none.
  init(path: String) throws(CommandFailure) {
    let text: String
    do {
      text = try String(contentsOfFile: absolutePath(path), encoding: .utf8)
    } catch {
      throw CommandFailure(
        "symbols_file", "cannot read the instruments in \(path): \(error.localizedDescription)", .inputMissing)
    }
    symbols = text.split(whereSeparator: \.isNewline).compactMap { line in
      let symbol = line.prefix { $0 != "#" }.trimmingCharacters(in: .whitespaces)
      return symbol.isEmpty ? nil : symbol
    }
    guard !symbols.isEmpty else { throw CommandFailure("symbols_file", "there are no instruments in \(path)", .data) }
  }
}
