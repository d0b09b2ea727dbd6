import Foundation
import PrepaperProcesses
import PrepaperPrograms
import PrepaperTestSupport

/// A small program in a directory of its own.
struct Script: Sendable {
  let directory: TemporaryDirectory
  /// The absolute path of its file.
  let path: String

  /// A program of this text, with its interpreter's line at the top.
  init(_ text: String, named name: String = "program") throws {
    directory = try TemporaryDirectory()
    let draft = try directory.write(text, to: "\(name).draft")
    path = "\(directory.path)/\(name)"
    // Written by a process of its own: a program that another test starts at this moment would inherit a descriptor
    // of ours for a blink of an eye, and nobody can execute a file that is open to be written.
    guard try ProcessStart("/bin/cp", [draft, path]).start().wait().exitStatus == 0 else {
      throw NotReadable(text: path)
    }
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
  }

  /// A program of these lines of `sh`.
  static func shell(_ text: String) throws -> Script { try Script("#!/bin/sh\n\(text)\n") }

  /// A program of these lines of Python.
  static func python(_ text: String) throws -> Script {
    try Script("#!/usr/bin/python3\n\(text)\n", named: "program.py")
  }

  var command: ProgramCommand { ProgramCommand(path: path) }
}
