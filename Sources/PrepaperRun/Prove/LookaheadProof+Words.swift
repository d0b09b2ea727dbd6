internal import PrepaperDomain
import PrepaperJSON
internal import PrepaperPipeline

extension LookaheadProof {
  /// What the strategy decided with the help of later bars, what it decides without, and which of those it needs.
  func words(_ fault: TrialFault) async throws -> String {
    let after = fault.time == fault.trial.time ? "it" : "\(fault.trial.time)"
    let change =
      fault.trial.isNoisy ? "where the bars after \(after) are other ones" : "without the bars after \(after)"
    let subject: String
    let other: String
    switch fault.kind {
    case .fails(let message):
      subject = decided(at: fault.time)
      other = "the strategy fails \(change) (\(message))"
    case .decides(let difference):
      subject = "\(difference.item.words), decided at \(fault.time)"
      if difference.isExtra {
        other = "it is left out, but is there \(change)"
      } else if let counterpart = difference.counterpart {
        other = "it is another one \(change): \(difference.item.change(to: counterpart))"
      } else {
        other = "it is not there \(change)"
      }
    }
    return
      "\(subject), saw the future: \(other)\(try await needed(by: fault)). Nothing is published; make the strategy "
      + "decide on bars that have closed"
  }

  /// The signal that a strategy fails to give, or what there is in its place.
  private func decided(at time: UTCTimestamp) -> String {
    let words = decisions.first(at: time)?.words ?? "that there is no signal"
    return "\(words), decided at \(time)"
  }

  /// The bar whose change alone changes the decision, or the bars among which it takes more than one; nothing where no
  /// change of bars does it.
  private func needed(by fault: TrialFault) async throws -> String {
    guard var search = try await BarSearch(self, fault) else { return "" }
    switch try await search.result() {
    case .nothing: return ""
    case .bar(let symbol, let time):
      let other = fault.symbol.map { $0 != symbol } ?? false
      return "; it needs the bar \(other ? "of \(symbol) " : "")that opens at \(time)"
    case .several(let first, let last):
      return "; it needs bars of those that open from \(first) to \(last)"
    }
  }
}

extension TrialFault {
  /// The symbol that the decision is about, where there is one.
  var symbol: Symbol? { if case .decides(let difference) = kind { difference.item.symbol } else { nil } }
}

extension RunDecisions.Item {
  /// `signal BUY HOOD`.
  fileprivate var words: String {
    switch content {
    case .signal(let signal): "signal \(signal.side.rawValue) \(symbol)"
    case .reject(let reject): "reject \(reject.reason.shown(limit: 60)) of \(symbol)"
    }
  }

  /// In what another one differs.
  fileprivate func change(to other: RunDecisions.Item) -> String {
    guard case .signal(let here) = content, case .signal(let there) = other.content else {
      return "its numbers are not the same"
    }
    for (name, here, there) in [
      ("entry", here.entryPrice, there.entryPrice), ("stop", here.stopPrice, there.stopPrice),
      ("target", here.takeProfitPrice, there.takeProfitPrice),
    ] where here != there {
      return "\(name) \(here.map { "\($0)" } ?? "none") becomes \(there.map { "\($0)" } ?? "none")"
    }
    return "its prices are the same, its other members are not"
  }
}
