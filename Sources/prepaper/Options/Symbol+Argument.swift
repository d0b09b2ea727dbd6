import ArgumentParser
import PrepaperDomain

extension Symbol: ExpressibleByArgument {
  init?(argument: String) { self.init(argument) }
}
