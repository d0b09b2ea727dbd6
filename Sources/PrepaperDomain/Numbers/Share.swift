import PrepaperJSON

/// A share as people write it, `1%` or `0.01`.
package struct Share: Hashable, Sendable {
  /// 0.01 for 1 %.
  package let value: Double

  /// Reads a share from 0 to the most that it may be.
  ///
  /// - Parameter name: what an error calls it.
  /// - Throws: `FieldFault`.
  package init(_ text: String, _ name: String, atMost most: Double) throws(FieldFault) {
    let number = text.hasSuffix("%") ? Double(text.dropLast()).map { $0 / 100 } : Double(text)
    guard let number, number.isFinite, (0...most).contains(number) else {
      throw FieldFault(
        "\(name) is '\(text.shown(limit: 60))'; it must be a share like 0.01 or 1%, from 0 to \(Int(most * 100))%.")
    }
    // -0 is 0, and the same request.
    value = number == 0 ? 0 : number
  }
}
