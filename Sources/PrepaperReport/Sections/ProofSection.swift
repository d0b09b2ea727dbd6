import PrepaperDomain

/// What was proven of the run, in words.
struct ProofSection {
  let facts: RunFacts

  /// The section.
  var markup: Markup {
    let proofs = [Proof.replay, .lookAhead].map { proof -> Markup in
      """
      <div class="proof">
      <h3>\(proof.name) \(proof.badge(facts))</h3>
      <p>\(proof.meaning) \(proof.sentence(facts))</p>
      </div>

      """
    }
    return "<section id=\"proofs\">\n<h2>Proofs</h2>\n\(proofs.joined())</section>\n\n"
  }
}

/// A check that a run was put to, in words.
enum Proof: String {
  case replay
  case lookAhead = "lookahead"

  /// The check's name.
  var name: String {
    switch self {
    case .replay: "Replay"
    case .lookAhead: "Look-ahead"
    }
  }

  /// What the check does.
  var meaning: String {
    switch self {
    case .replay:
      "The run is computed once more from the same bars. Its orders must come out the same, byte for byte."
    case .lookAhead:
      """
      For a decision time the strategy runs again on the bars that were there then, and on no later one. It must \
      decide the same, and nothing where it had decided nothing: what later bars can change could not have been traded.
      """
    }
  }

  /// What the manifest says of it.
  func result(_ facts: RunFacts) -> String { facts["proof", rawValue]?.exact ?? "not_recorded" }

  /// The result as a badge, whose sign tells it without colour.
  func badge(_ facts: RunFacts) -> Markup {
    switch result(facts) {
    case "holds": "<span class=\"badge good\">✓ \(name) holds</span>"
    case "sampled": "<span class=\"badge good\">✓ \(name) holds, sampled</span>"
    case "no_signals": "<span class=\"badge\">– \(name): nothing to test</span>"
    case "not_run": "<span class=\"badge\">– \(name) not run</span>"
    case "not_recorded": "<span class=\"badge\">– \(name) not recorded</span>"
    case let other: "<span class=\"badge warn\">! \(name): \(other)</span>"
    }
  }

  /// The result in a sentence.
  func sentence(_ facts: RunFacts) -> String {
    switch (self, result(facts)) {
    case (.replay, "holds"): "It holds: the second computation gave the same orders."
    case (.lookAhead, "holds"): "It holds: no order changes when later bars are taken away."
    case (.lookAhead, "sampled"):
      """
      It holds as far as it was tested: not every decision time was put to it. What was left out, and why, is in \
      run_meta.json.
      """
    case (.lookAhead, "no_signals"): "There was nothing to test: no order came of the run."
    case (_, "not_run"): "It was not run, so nothing is claimed."
    case (_, "not_recorded"): "The manifest does not say; the run is older than this check."
    case (_, let other): "The manifest says: \(other)."
    }
  }
}
