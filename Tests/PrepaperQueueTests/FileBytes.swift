import Foundation

/// The bytes of the files of a directory, by name: equal where nothing was touched.
func fileBytes(in directory: String) throws -> [String: Data] {
  let names = try FileManager.default.contentsOfDirectory(atPath: directory)
  return try Dictionary(
    uniqueKeysWithValues: names.map { name in
      (name, try Data(contentsOf: URL(fileURLWithPath: "\(directory)/\(name)")))
    })
}

/// The permission bits of a file.
func permissions(of path: String) throws -> Int? {
  try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
}
