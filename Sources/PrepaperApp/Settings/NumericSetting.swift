import PrepaperDomain

/// A setting that is a number, and the flag that goes before it.
struct NumericSetting: Sendable {
  let setting: Setting
  private let flag: String
  private let range: ClosedRange<Double>
  private let unit: String
  private let isWhole: Bool

  /// - Parameter unit: what it counts, as it stands behind the bounds in an error.
  init(_ setting: Setting, flag: String, _ range: ClosedRange<Double>, unit: String = "", isWhole: Bool = false) {
    self.setting = setting
    self.flag = flag
    self.range = range
    self.unit = unit
    self.isWhole = isWhole
  }

  /// Looks at what a flag says.
  ///
  /// - Throws: `FieldFault`.
  func check(_ value: Double?) throws(FieldFault) {
    guard let value, !range.contains(value) else { return }
    throw FieldFault("\(flag) must be \(bounds).")
  }

  /// What the flag says, else the setting; nil where neither says anything.
  ///
  /// - Throws: `AppError` with `configuration` for a setting out of bounds.
  func value(flag: Double?, _ settings: Settings) throws(AppError) -> Double? {
    if let flag { return flag }
    guard let (text, origin) = settings.valueAndOrigin(setting) else { return nil }
    guard let value = Double(text), range.contains(value), !isWhole || value == value.rounded() else {
      throw AppError(
        "configuration", "\(setting.name) is '\(text)' (\(origin.words)); it must be \(bounds)", .configuration)
    }
    return value
  }

  private var bounds: String {
    "\(range.lowerBound.short) to \(range.upperBound.short)\(unit.isEmpty ? "" : " \(unit)")"
  }
}

extension Double {
  /// Without a fraction where there is none.
  fileprivate var short: String { self == rounded() ? String(Int(self)) : description }
}
