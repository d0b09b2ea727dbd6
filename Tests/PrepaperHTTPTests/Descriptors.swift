import PrepaperDomain
import PrepaperHTTP
import PrepaperJSON
import PrepaperSourceTesting
import PrepaperTestSupport

/// The text of a descriptor, with members of a test's own.
///
/// - Parameter members: members in JSON by their names; an empty text takes one away.
func descriptor(_ vendor: Vendor, _ members: [String: String] = [:]) -> String {
  let usual = [
    "kind": #""http""#, "url": "\"\(vendor.url("/bars"))\"",
    "query": #"{"s": "{symbol}", "from": "{from}", "to": "{to}"}"#,
    "timeframes": #"{"M1": "1m", "M5": "5m", "H1": "1h", "D1": "1d"}"#,
    "span": #"{"unit": "rfc3339", "to": "excluded"}"#, "records": #"{"path": ["bars"], "shape": "list"}"#,
    "fields": #"{"time": "t", "open": "o", "high": "h", "low": "l", "close": "c", "volume": "v"}"#,
    "time": #"{"unit": "rfc3339", "label": "open"}"#, "adjustment": #""raw""#,
  ]
  let all = usual.merging(members) { $1 }.filter { !$0.value.isEmpty }
  return "{" + all.map { "\"\($0.key)\": \($0.value)" }.sorted().joined(separator: ", ") + "}"
}

/// The descriptor that ships under a name, but asked at a vendor of the test's.
func shipped(_ name: String, at vendor: Vendor) throws -> HTTPDescriptor {
  guard let text = HTTPDescriptor.shipped.first(where: { $0.name == name })?.text,
    case .object(var members) = try JSONParser.parse(text), let url = members["url"]?.stringValue
  else { throw NotReadable(text: name) }
  let path = url.split(separator: "/", maxSplits: 1)[1].dropFirst().drop { $0 != "/" }
  members["url"] = .string(vendor.url(String(path)))
  return try HTTPDescriptor(.object(members), name: name, file: "\(name).json")
}

/// A record of the fields in `descriptor(_:_:)`.
func record(_ time: String, _ prices: String = #""o":10,"h":12,"l":9,"c":11,"v":300"#) -> String {
  "{\"t\":\(time),\(prices)}"
}

/// A page of records, and what leads to the next one.
func page(_ records: [String], next: String? = nil) -> VendorReply {
  .json(#"{"bars":[\#(records.joined(separator: ","))],"next":\#(next.map { "\"\($0)\"" } ?? "null")}"#)
}

/// A page of minutes of 2025-12-15 from 09:30 in New York on, in RFC 3339.
func minutes(_ minutes: Range<Int>, next: String? = nil) -> VendorReply {
  page(minutes.map { record("\"\(minute($0))\"") }, next: next)
}

/// The minute of that number after 09:30 in New York on 2025-12-15.
func minute(_ number: Int) -> UTCTimestamp { UTCTimestamp(seconds: 1_765_809_000 + 60 * Int64(number)) }

/// Keys for the descriptors that ship.
let keys = [
  "APCA_API_KEY_ID": "AKIDxyzzy", "APCA_API_SECRET_KEY": "SEC/RET+xyzzy=", "POLYGON_API_KEY": "polyxyzzy",
  "EODHD_API_TOKEN": "eod.xyzzy&1",
]
