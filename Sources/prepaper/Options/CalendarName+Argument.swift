import ArgumentParser
import PrepaperDomain

extension CalendarName: ExpressibleByArgument {}
