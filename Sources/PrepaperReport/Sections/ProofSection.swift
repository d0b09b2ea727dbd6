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
