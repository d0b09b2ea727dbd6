/// The version of prepaper, as manifests and `--version` have it.
let generatorVersion = "0.1.0"
