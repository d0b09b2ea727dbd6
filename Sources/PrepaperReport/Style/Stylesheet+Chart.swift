extension Stylesheet {
  /// Figures and what is drawn in them.
  static let chart: Markup = """
    .legend { margin: 0 0 14px; padding: 0; list-style: none; color: var(--soft); font-size: 14px; max-width: 100ch; }
    .key { display: inline-block; line-height: 1.15; border-bottom: 2px solid; }
    .key.stop { border-bottom-style: dashed; }
    .key.target { border-bottom-style: dotted; }
    .symbol h3 { font-size: 18px; margin: 26px 0 6px; }
    figure { margin: 0 0 22px; display: grid; grid-template-columns: minmax(0, 1fr); gap: 4px 28px; }
    figcaption { grid-column: 1 / -1; }
    figcaption span { color: var(--soft); margin-left: 0.8em; }
    .drawings { min-width: 0; }
    .drawings .scroll { background: var(--card); border: 1px solid var(--rule); border-radius: 4px; }
    .canvas { position: relative; min-width: 640px; }
    .first { position: absolute; top: 0; width: 1px; height: 1px; scroll-initial-target: nearest; }
    svg { display: block; overflow: visible; width: 100%; max-width: 1000px; height: auto; }
    svg text { font-size: 11px; fill: var(--soft); }
    .grid { stroke: var(--rule); stroke-width: 1; fill: none; }
    .axis { stroke: var(--soft); stroke-width: 1; fill: none; }
    .border { stroke: var(--soft); stroke-width: 1; stroke-dasharray: 2 4; fill: none; }
    .prices { text-anchor: end; }
    .times, .letters { text-anchor: middle; }
    .letters text { fill: var(--ink); }
    svg .number { font-weight: 700; }
    .mother, .inside, .decided { fill: var(--band); fill-opacity: 0.32; }
    .inside { fill-opacity: 0.6; }
    .gap { fill: var(--soft); fill-opacity: 0.07; stroke: var(--soft); stroke-width: 1; stroke-dasharray: 3 3;
      stroke-opacity: 0.6; }
    .wick { stroke: var(--candle); stroke-width: 1; fill: none; }
    .up { fill: var(--card); stroke: var(--candle); stroke-width: 1; }
    .down { fill: var(--candle); stroke: var(--candle); stroke-width: 1; }
    rect.reward, rect.risk { fill: currentColor; fill-opacity: 0.1; }
    rect.risk { fill-opacity: 0.04; }
    line { stroke: currentColor; stroke-width: 1.5; }
    line.entry { stroke-width: 3; }
    line.stop { stroke-dasharray: 7 4; }
    line.target { stroke-dasharray: 2 3; }
    .mark { fill: currentColor; }
    .leader { stroke: var(--soft); stroke-width: 0.75; stroke-dasharray: 1 3;
      fill: none; }
    .labels text { fill: currentColor; }
    .labels tspan { font-weight: 700; }
    .orders { font-size: 14px; }
    .orders p { margin: 0 0 2px; }
    .orders .scroll { margin-bottom: 4px; }
    .orders table { min-width: 0; font-size: 13px; }
    .orders th { font-weight: 400; border-bottom-color: var(--rule); }
    .orders th, .orders td { padding: 2px 11px 2px 0; }
    .decision { margin-bottom: 10px; }
    .numbers { color: var(--soft); font-size: 13px; overflow-wrap: anywhere; }
    @media (min-width: 1180px) {
      figure { grid-template-columns: minmax(0, 860px) minmax(0, 1fr); }
      .orders { padding-top: 4px; }
    }

    """
}
