/// The measures of a chart, in units of its drawing.
struct ChartFrame {
  /// A session, or some weeks of days.
  static let whole = ChartFrame(height: 340)
  /// A part of a session, seen from nearer.
  static let near = ChartFrame(height: 270)

  let width = 880.0
  let height: Double
  let left = 58.0
  let right = 718.0
  let top = 34.0

  /// The height of the time axis.
  var bottom: Double { height - 30 }

  /// The distance between lines of text.
  let line = 13.0
}
