/// Orders texts by their UTF-8 bytes, on every machine alike; `<` compares what reads the same.
package func precedesByBytes(_ left: String, _ right: String) -> Bool {
  left.utf8.lexicographicallyPrecedes(right.utf8)
}
