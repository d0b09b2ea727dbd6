import PrepaperDomain
import PrepaperJSON

/// One answer of a vendor: its records, and where the next ones are.
struct Page {
  /// The records, in the order in which they came.
  let records: [JSONValue]
  /// The token or URL of the next page; nil at the end.
  let next: String?

  /// A page without records, and the last.
  static let empty = Page(records: [], next: nil)

  private init(records: [JSONValue], next: String?) {
    self.records = records
    self.next = next
  }

  /// The page in a body.
  ///
  /// - Parameter vendorSymbol: the key of the records where they stand by symbol.
  /// - Throws: `PageFault` with the place in the text or the path in it.
  init(_ body: [UInt8], _ descriptor: HTTPDescriptor, vendorSymbol: String) throws(PageFault) {
    let document: JSONValue
    do { document = try JSONParser.parse(body) } catch { throw PageFault(description: error.description) }
    records = try Self.records(document, descriptor, vendorSymbol)
    switch descriptor.paging {
    case .token(_, let path), .nextURL(let path): next = try Self.next(document, path)
    case .none, .bars, .days: next = nil
    }
  }

  private static func records(
    _ document: JSONValue, _ descriptor: HTTPDescriptor, _ vendorSymbol: String
  ) throws(PageFault) -> [JSONValue] {
    var value = document
    for (depth, key) in descriptor.recordsPath.enumerated() {
      let place = descriptor.recordsPath[...depth].joined(separator: ".")
      guard case .object(let members) = value else {
        throw PageFault(description: "\(place) is not there: what should hold it is \(value.kind)")
      }
      guard let member = members[key] else {
        if descriptor.mayBeMissing { return [] }
        let keys = members.keys.sorted().prefix(10).joined(separator: ", ")
        throw PageFault(description: "there is no \(place), where the records should be; there are \(keys)")
      }
      value = member
    }
    let place = descriptor.recordsPath.isEmpty ? "the whole" : descriptor.recordsPath.joined(separator: ".")
    switch (descriptor.shape, value) {
    case (_, .null): return []
    case (.list, .array(let records)): return records
    case (.list, _): throw PageFault(description: "\(place) should be a list of records, is \(value.kind)")
    case (.bySymbol, .object(let symbols)):
      switch symbols[vendorSymbol] {
      case nil, .null: return []
      case .array(let records): return records
      case let other?:
        throw PageFault(description: "\(place).\(vendorSymbol) should be a list of records, is \(other.kind)")
      }
    case (.bySymbol, _): throw PageFault(description: "\(place) should be an object by symbol, is \(value.kind)")
    }
  }

  private static func next(_ document: JSONValue, _ path: [String]) throws(PageFault) -> String? {
    var value: JSONValue? = document
    for key in path { value = value?[key] }
    switch value {
    case nil, .null, .string(""): return nil
    case .string(let text): return text
    case .integer(let number): return "\(number)"
    case let other?:
      throw PageFault(
        description: "\(path.joined(separator: ".")) should be text that leads to the next page, is \(other.kind)")
    }
  }
}

/// What is wrong with a page or a record of it, to be said after its number.
struct PageFault: Error {
  let description: String
}
