/// What a lock may be called: a path is built from it.
enum LockName {
  static func isValid(_ name: String) -> Bool {
    guard name.hasPrefix("locks/"), name.hasSuffix(".lock") else { return false }
    let stem = name.utf8.dropFirst("locks/".utf8.count).dropLast(".lock".utf8.count)
    return !stem.isEmpty
      && stem.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || (0x30...0x39).contains($0) }
  }
}
