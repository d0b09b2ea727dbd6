import PrepaperDomain

/// What the market-on-close strategy looks for in a daily bar.
enum DailySetup: String {
  case long = "moc_long"
  case short = "moc_short"

  var side: Side {
    switch self {
    case .long: .buy
    case .short: .sell
    }
  }
}
