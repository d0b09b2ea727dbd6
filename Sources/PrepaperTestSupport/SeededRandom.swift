/// Random numbers that are the same for the same seed, on any machine (SplitMix64).
package struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  /// The numbers of a seed, which a test prints as its argument.
  package init(seed: UInt64) {
    state = seed
  }

  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// That many characters of an alphabet.
  package mutating func text(of alphabet: String, count: ClosedRange<Int>) -> String {
    let letters = Array(alphabet)
    return String((0..<Int.random(in: count, using: &self)).map { _ in letters[pick(letters.count)] })
  }

  /// An index below a count.
  package mutating func pick(_ count: Int) -> Int { Int.random(in: 0..<count, using: &self) }
}
