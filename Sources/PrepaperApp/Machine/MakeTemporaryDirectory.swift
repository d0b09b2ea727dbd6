import Foundation
import Glibc
import PrepaperDomain

/// A new directory that nobody else may look into.
func makeTemporaryDirectory() throws(AppError) -> String {
  let parent = FileManager.default.temporaryDirectory.path
  var path = Array("\(parent)/prepaper.XXXXXX".utf8CString)
  guard unsafe mkdtemp(&path) != nil else {
    throw AppError(
      RunErrorCode.cannotWrite.rawValue, "cannot make a directory in \(parent): errno \(errno); set TMPDIR",
      .cannotWrite)
  }
  return String(decoding: path.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
}
