extension HTTPDescriptor {
  /// The JSON files of the descriptors that ship with prepaper, by name.
  package static var shipped: [(name: String, text: [UInt8])] {
    [
      ("alpaca", PackageResources.alpaca_json), ("eodhd", PackageResources.eodhd_json),
      ("polygon", PackageResources.polygon_json),
    ]
  }
}
