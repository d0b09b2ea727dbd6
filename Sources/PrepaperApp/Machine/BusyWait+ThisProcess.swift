import Glibc
package import PrepaperSQLite

extension BusyWait {
  /// One that waits at other moments than that of another process does.
  package static var ofThisProcess: BusyWait { BusyWait(seed: UInt64(getpid())) }
}
