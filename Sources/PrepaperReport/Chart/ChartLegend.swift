/// How the charts are to be read.
struct ChartLegend {
  let facts: RunFacts

  /// The legend.
  var markup: Markup {
    """
    <ul class="legend">
    <li>Times are \(facts.zoneName). A hollow candle closes above its open, a filled one below.</li>
    <li><b>M</b> mother bar, <b>I</b> inside bar; <b>S</b> the bar that a signal was decided on.</li>
    <li>Each order stands from its left end to its right end: <span class="key entry">entry</span>, \
    <span class="key stop">stop</span>, <span class="key target">target</span>. <b class="buy">▲ BUY</b>, \
    <b class="sell">▼ SELL</b>.</li>
    <li>A dashed block has no bars where the calendar expects some.\
    \(facts.isDaily ? "" : " Left of a dashed line is the session before.")</li>
    </ul>

    """
  }
}
