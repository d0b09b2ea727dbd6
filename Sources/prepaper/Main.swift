import PrepaperCommands

/// The program `prepaper`; all that it does is in its modules.
@main
enum Main {
  static func main() async { await Program.run() }
}
