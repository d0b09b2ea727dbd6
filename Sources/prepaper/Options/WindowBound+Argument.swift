import ArgumentParser
import PrepaperDomain

extension WindowBound: ExpressibleByArgument {
  init?(argument: String) { self.init(parsing: argument) }
}
