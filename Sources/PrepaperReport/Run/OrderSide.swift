/// Which way an order goes, with a shape that tells it without colour.
enum OrderSide: Hashable, Sendable {
  case buy, sell
  /// A word that is neither, from a plan that somebody else made.
  case other(String)

  /// The side that a word means.
  init(_ word: String) {
    switch word {
    case "BUY": self = .buy
    case "SELL": self = .sell
    default: self = .other(word)
    }
  }

  /// The plan's word for it.
  var word: String {
    switch self {
    case .buy: "BUY"
    case .sell: "SELL"
    case .other(let word): word
    }
  }

  /// The class that styles it.
  var style: Markup {
    switch self {
    case .buy: "buy"
    case .sell: "sell"
    case .other: "side"
    }
  }

  /// The side with its shape, for a table or a list.
  var markup: Markup {
    switch self {
    case .buy: "<b class=\"buy\"><span aria-hidden=\"true\">▲</span>\u{A0}BUY</b>"
    case .sell: "<b class=\"sell\"><span aria-hidden=\"true\">▼</span>\u{A0}SELL</b>"
    case .other(let word): "<b>\(word)</b>"
    }
  }
}
