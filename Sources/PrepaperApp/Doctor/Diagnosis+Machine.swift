import CLinux
import Glibc
import PrepaperArtifacts

extension Diagnosis {
  /// The versions of what runs here.
  func versions() -> [Finding] {
    let machine = ThisMachine.execution().versions
    return [
      .ok(
        "version",
        "prepaper \(generatorVersion), SQLite \(machine["sqlite"] ?? "unknown"), \(machine["os"] ?? "unknown system")")
    ]
  }

  /// Leases, delays and the last session go by the time of day.
  func clock() -> [Finding] {
    var clock = timex()
    let state = unsafe adjtimex(&clock)
    guard state >= 0 else {
      return [
        .warning(
          "clock", "cannot be asked: \(unsafe String(cString: strerror(errno)))", do: "look at it with timedatectl")
      ]
    }
    let now = SystemClock().now
    guard clock.status & STA_UNSYNC == 0 else {
      return [
        .warning(
          "clock", "\(now) is not kept by a time service: sessions and leases go by it",
          do: "systemctl enable --now systemd-timesyncd, or another one")
      ]
    }
    return [.ok("clock", "\(now), kept by a time service")]
  }
}
