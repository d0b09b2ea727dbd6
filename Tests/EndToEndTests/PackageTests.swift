import Foundation
import PrepaperTestSupport
import Testing

/// What an installation puts in place, and the package that is made of it.
@Suite(.serialized) struct `installing and packaging` {
  private let root = Program.packageRoot
  private let program: Program

  init() throws {
    program = try Program([
      "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "PREPAPER": Program.path, "DPKG_DEB_COMPRESSOR_TYPE": "none",
      "LAB_TIMEOUT": "600", "EXAMPLE_BACKTEST": "\(root)/scripts/example-backtest", "UNITS": "\(root)/units",
      "PREPAPER_SOURCE": root,
    ])
  }

  @Test func `an installation that is removed leaves nothing`() throws {
    let destination = "\(program.directory.path)/there"
    let first = try program.tool("\(root)/scripts/install", "--destdir", destination)
    #expect(first.status == 0, "\(first.errors)")
    #expect(try program.tool("\(destination)/usr/local/bin/prepaper", "--version").status == 0)
    let unit = try program.directory.read("there/usr/local/lib/systemd/system/prepaper-worker.service")
    #expect(unit.contains("ExecStart=/usr/local/bin/prepaper worker"))
    let files = try program.files(below: "there")

    let again = try program.tool("\(root)/scripts/install", "--destdir", destination)
    #expect(again.output.contains("nothing had to be changed"), "\(again.output)\(again.errors)")
    #expect(try program.files(below: "there") == files)

    let removal = try program.tool("\(root)/scripts/uninstall", "--destdir", destination, "--purge")
    #expect(removal.status == 0, "\(removal.errors)")
    #expect(try program.files(below: "there") == [])
  }

  @Test func `settings stay as they are, and newer ones are put beside them`() throws {
    let shipped = "there/usr/local/share/prepaper/prepaper.env"
    let install = { try program.tool("\(root)/scripts/install", "--destdir", "\(program.directory.path)/there") }
    #expect(try install().status == 0)
    let settings = try program.directory.read("there/etc/prepaper/prepaper.env") + "PREPAPER_CONCURRENCY=2\n"
    try program.directory.write(settings, to: "there/etc/prepaper/prepaper.env")

    #expect(try install().status == 0)
    #expect(try !program.files(below: "there/etc/prepaper").contains("prepaper.env.new"))

    try program.directory.write("# of an older version\n", to: shipped)
    #expect(try install().output.contains("prepaper.env.new"))
    #expect(try program.directory.read("there/etc/prepaper/prepaper.env") == settings)
    #expect(
      try program.directory.read("there/etc/prepaper/prepaper.env.new") == program.directory.read(shipped))
  }

  @Test func `one user installs without root, and no setting is set`() throws {
    let result = try program.tool("\(root)/scripts/install", "--user")
    #expect(result.status == 0, "\(result.errors)")
    let unit = try program.directory.read(".local/share/systemd/user/prepaper-worker.service")
    #expect(unit.contains("ExecStart=\(program.directory.path)/.local/bin/prepaper worker"))
    let settings = try program.directory.read("config/prepaper/prepaper.env").split(separator: "\n")
    #expect(settings.filter { !$0.hasPrefix("#") } == [])
    #expect(settings.contains("#PREPAPER_LEASE=30"))

    #expect(try program.tool("\(root)/scripts/uninstall", "--user", "--purge").status == 0)
    #expect(!FileManager.default.fileExists(atPath: "\(program.directory.path)/.local"))
  }

  @Test(arguments: [
    ("--prefix", 64), ("--prefix relative", 64), ("--prefix '/opt/a b'", 64), ("--what", 64),
    ("--destdir /proc/nowhere", 73),
  ])
  func `what cannot be is refused`(arguments: String, status: Int) throws {
    let result = try program.tool("/usr/bin/bash", "-c", "exec \(root)/scripts/install \(arguments)")
    #expect(result.status == status, "\(result.output)\(result.errors)")
    #expect(result.errors.contains("install: "))
  }

  @Test func `every command and every topic has a page without a fault`() throws {
    let made = try program.tool("\(root)/scripts/man-pages", Program.path, "pages")
    #expect(made.status == 0, "\(made.errors)")
    let walk = """
      def walk(above): (above + [.commandName]) as $path | ($path | join("-")),
        (.subcommands[]? | select(.commandName != "help" and .shouldDisplay) | walk($path)); .command | walk([])
      """
    let commands = try program.tool(
      "/usr/bin/bash", "-c", "\(Program.path) --experimental-dump-help | jq --raw-output '\(walk)'")
    let names = commands.output.split(separator: "\n").map { "\($0).1" }
    #expect(names.count > 25)
    #expect(try program.files(below: "pages/man1") == names.sorted())
    #expect(try program.files(below: "pages/man7") == ManualPage.topics.map { "prepaper-\($0).7" }.sorted())

    // mandoc says nothing of a page that is as it should be, and neither does groff.
    for check in ["groff -man -Tutf8 -ww -z", "mandoc -Tlint"] {
      let lint = try program.tool(
        "/usr/bin/bash", "-c", "for page in pages/man?/*; do \(check) $page || echo $page; done 2>&1")
      #expect(lint.output == "")
    }
  }

  @Test(arguments: [("bash", "bash -n"), ("zsh", "zsh -n"), ("fish", "fish --no-execute")])
  func `completions can be loaded`(shell: String, check: String) throws {
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/\(shell)") else {
      try Test.cancel("skipped: there is no \(shell)")
    }
    let result = try program.tool(
      "/usr/bin/bash", "-c", "\(Program.path) --generate-completion-script \(shell) >file && \(check) file")
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
  }

  @Test func `the package holds under a real systemd`() throws {
    let (older, newer) = try (package(version: "1.0"), package(version: "1.1"))
    try everyStepHolds(
      program.tool(
        "\(root)/scripts/systemd-lab", emptyFolder(), "\(root)/Tests/EndToEndTests/Lab/deb-under-systemd", older, newer,
        "\(root)/scripts/example-backtest"), steps: 7)
  }

  @Test func `what the manual says of a server holds under a real systemd`() throws {
    let page = try ManualPage("Sources/Manual/operating.md")
    try everyStepHolds(
      program.tool(
        "\(root)/scripts/systemd-lab", emptyFolder(), "\(root)/Tests/EndToEndTests/Lab/manual-on-a-server", page.path),
      steps: page.blocks.count { $0.kind == "sh server" })
  }

  @Test func `what is installed has the manual, and each link in it leads to something`() throws {
    let result = try program.tool(
      "\(root)/scripts/install", "--destdir", "\(program.directory.path)/there", "--prefix", "/opt/prepaper")
    #expect(result.status == 0, "\(result.errors)")
    let shared = "opt/prepaper/share/doc/prepaper"
    let links = try program.directory.read("there/\(shared)/README.md").matches(of: /\]\(([a-zA-Z.\/-]+)\)/)
    #expect(links.count > ManualPage.topics.count)
    for link in links.map({ $0.output.1 }) {
      #expect(FileManager.default.fileExists(atPath: "\(program.directory.path)/there/\(shared)/\(link)"), "\(link)")
    }
    let page = try program.directory.read("there/\(shared)/manual/operating.md")
    #expect(page.contains("/\(shared)/examples"))
  }

  @Test func `an installation holds under a real systemd`() throws {
    try everyStepHolds(
      program.tool(
        "\(root)/scripts/systemd-lab", emptyFolder(), "\(root)/Tests/EndToEndTests/Lab/install-under-systemd"), steps: 4
    )
  }

  @Test func `lintian finds no error in the package, which is the same again`() throws {
    let package = try package(version: "1.0")
    let digest = try program.tool("/usr/bin/sha256sum", package).output
    #expect(try self.package(version: "1.0") == package)
    #expect(try program.tool("/usr/bin/sha256sum", package).output == digest)

    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/lintian") else {
      try Test.cancel("skipped: there is no lintian")
    }
    // The program of the tests looks for its libraries in the toolchain; the one for use has them inside. And the
    // package is not compressed, which takes half a minute.
    let known = ["custom-library-search-path"] + ["control", "data"].map { "uses-no-compression-for-\($0)-tarball" }
    let result = try program.tool(
      "/usr/bin/lintian", "--fail-on", "error", "--suppress-tags", known.joined(separator: ","), package)
    #expect(result.status == 0, "\(result.output)\(result.errors)")
  }

  private func everyStepHolds(_ result: ProgramResult, steps: Int) throws {
    // 77: this machine cannot make the namespaces or the file system that the test needs.
    if result.status == 77 { try Test.cancel("skipped: \(result.errors)") }
    #expect(result.status == 0, "\(result.output)\n\(result.errors)")
    #expect(result.output.split(separator: "\n").filter { $0.hasPrefix("ok ") }.count == steps)
  }

  private func package(version: String) throws -> String {
    let result = try program.tool("\(root)/scripts/package", "--out", program.directory.path, "--version", version)
    #expect(result.status == 0, "\(result.errors)")
    return result.output.trimmingCharacters(in: .newlines)
  }

  /// The lab has no units but those of the package.
  private func emptyFolder() throws -> String {
    let path = "\(program.directory.path)/units"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }
}
