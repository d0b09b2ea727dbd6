import ArgumentParser
import PrepaperDomain

extension Timeframe: ExpressibleByArgument {
  init?(argument: String) { self.init(parsing: argument) }
}
