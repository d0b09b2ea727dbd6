import ArgumentParser

/// How long ago something was, as `30d`: a whole number and `s`, `m`, `h`, `d` or `w`.
struct Age: ExpressibleByArgument {
  private static let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]
  private static let oldest: Int64 = 100 * 365 * 86_400

  let duration: Duration

  init?(argument: String) {
    guard let unit = argument.last.flatMap({ Self.units[$0] }),
      argument.dropLast().allSatisfy({ ("0"..."9").contains($0) }), let count = Int64(argument.dropLast()),
      count <= Self.oldest / unit
    else { return nil }
    duration = .seconds(count * unit)
  }
}
