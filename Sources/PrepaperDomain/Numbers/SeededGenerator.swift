/// A fixed sequence of numbers for a text: SplitMix64 (Steele, Lea, Flood 2014) from the text's FNV-1a hash.
package struct SeededGenerator: Sendable {
  private var state: UInt64

  /// The sequence of a text.
  package init(seed: String) {
    state = 0xcbf2_9ce4_8422_2325
    for byte in seed.utf8 { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }
  }

  /// The next number of the range.
  ///
  /// Its bias is below one in 10^14 for the ranges used here.
  package mutating func next(in range: ClosedRange<Int64>) -> Int64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    mixed ^= mixed >> 31
    return range.lowerBound + Int64(mixed % UInt64(range.upperBound - range.lowerBound + 1))
  }
}
