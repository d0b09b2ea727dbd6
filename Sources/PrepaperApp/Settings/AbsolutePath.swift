import Foundation

/// The path from the root, read from the directory in which the program was started; links stay as they are.
func absolutePath(_ path: String) -> String {
  let full = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
  return URL(fileURLWithPath: full).standardizedFileURL.path
}
