/// The version of prepaper, as manifests and `--version` have it.
package let generatorVersion = "0.1.0"
