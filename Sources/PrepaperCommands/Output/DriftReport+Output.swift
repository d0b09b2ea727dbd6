import PrepaperDomain
import PrepaperEvidence
import PrepaperJSON

extension DriftReport {
  /// The report as `--json` shows it.
  func members(of runID: RunID, exceeds: Bool) -> [String: JSONValue] {
    guard case .object(var members) = document.json else { return [:] }
    members["run_id"] = .string(runID.description)
    members["exceeds"] = .bool(exceeds)
    return members
  }

  /// What is not the same, a line each, and a sum.
  var text: String {
    var table = Table(["STATUS", "TIME", "SYMBOL", "SIDE", "HERE", "THERE", "CAUSE"])
    let differing = entries.filter { $0.status != .matched && !$0.isOutside }
    for entry in differing { table.add(entry.row) }
    let share = (drift * 10_000).rounded() / 100
    let sum =
      "\(count(.matched)) matched, \(count(.priceDiffers)) at another price, \(count(.onlyHere)) only here, "
      + "\(count(.onlyThere)) only in \(kind.rawValue) \(name), \(outside) outside of what the other covers: drift \(share) %"
    return differing.isEmpty ? sum : table.text + "\n" + sum
  }
}

extension DriftEntry {
  fileprivate var row: [String] {
    let signal = here ?? there
    return [
      status.rawValue, signal?.time.rfc3339 ?? "-", signal?.symbol.description ?? "-", signal?.side.rawValue ?? "-",
      here.map(prices) ?? "-", there.map(prices) ?? "-", cause.map { "\($0.kind.rawValue): \($0.text)" } ?? "-",
    ]
  }

  /// The prices that differ, or the entry where there is nothing to hold it against.
  private func prices(_ signal: DriftSignal) -> String {
    let names = Set(differences.map(\.name))
    let shown = signal.prices.filter { names.isEmpty ? $0.name == "entry_price" : names.contains($0.name) }
    return shown.map { price in
      let value = price.value.map { "\($0)" } ?? "none"
      return price.name == "entry_price" ? value : "\(price.name) \(value)"
    }.joined(separator: " ")
  }
}
