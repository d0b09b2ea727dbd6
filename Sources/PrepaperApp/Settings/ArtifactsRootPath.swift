import Foundation

/// The artifacts root that a flag or a setting names, absolute and with links resolved, so that the same directory is
/// the same request.
///
/// - Throws: `AppError` with `inputMissing` where there is no such directory, `cannotWrite` where this user may not look.
package func artifactsRootPath(flag: String?, settings: Settings) throws(AppError) -> String {
  let path = absolutePath(flag ?? settings.value(.artifactsRoot) ?? "artifacts")
  var isDirectory: ObjCBool = false
  guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
    if let closed = PathRights(path).closed { throw closed }
    throw AppError(
      "artifacts_root_missing",
      "there is no artifacts root \(path); name the directory that has backtests/ in it with --artifacts-root",
      .inputMissing)
  }
  guard isDirectory.boolValue else {
    throw AppError("artifacts_root_missing", "the artifacts root \(path) is not a directory", .inputMissing)
  }
  guard FileManager.default.isReadableFile(atPath: path) else {
    throw AppError(
      "artifacts_root_missing", "the artifacts root \(path) cannot be read; check its permissions", .inputMissing)
  }
  return URL(fileURLWithPath: path).resolvingSymlinksInPath().path
}
