/// The page's style, in parts; it is the same for every run.
enum Stylesheet {
  /// Colours, type, tables and lists.
  static let screen: Markup = """
    :root { color-scheme: light dark; --page: #fbfbfa; --card: #ffffff; --ink: #1b1d21; --soft: #5a6069;
      --rule: #dcdedf; --faint: #f1f2f2; --link: #0b57b0; --buy: #0b57a8; --sell: #a2430a; --good: #1a6b3c;
      --warn: #a3260e; --band: #e9d27a; --loud: #ffd23f; --loud-ink: #1b1d21; --candle: #3c434c; }
    @media (prefers-color-scheme: dark) {
      :root { --page: #15171a; --card: #1b1e22; --ink: #e6e7e9; --soft: #a4abb5; --rule: #363b42; --faint: #22262b;
        --link: #8ab8f5; --buy: #7fb6ff; --sell: #ffb074; --good: #79cf9b; --warn: #ff9c86; --band: #8a7426;
        --loud: #ffd23f; --loud-ink: #15171a; --candle: #c3c8cf; }
    }
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
    body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI",
      Roboto, "Helvetica Neue", Arial, sans-serif; font-variant-numeric: tabular-nums; }
    main { max-width: 1280px; margin: 0 auto; padding: 0 clamp(14px, 3vw, 36px) 40px; }
    h1, h2, h3 { line-height: 1.2; text-wrap: balance; overflow-wrap: anywhere; }
    h1 { font-size: clamp(24px, 4vw, 34px); margin: 0; letter-spacing: -0.01em; }
    h2 { font-size: 20px; margin: 0 0 12px; padding-top: 22px; border-top: 1px solid var(--rule); }
    h3 { font-size: 15px; margin: 20px 0 8px; }
    p { margin: 0 0 10px; max-width: 78ch; }
    section { margin-top: 28px; }
    a { color: var(--link); }
    a:focus-visible, .scroll:focus-visible, summary:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
    code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
      font-size: 0.88em; }
    code { overflow-wrap: anywhere; }
    pre { margin: 0 0 10px; padding: 10px 12px; background: var(--faint); overflow-x: auto; border-radius: 4px; }
    .hash { color: var(--soft); }
    .banner { margin: 0; max-width: none; padding: 10px max(clamp(14px, 3vw, 36px), calc((100vw - 1280px) / 2 + 36px));
      background: var(--loud); color: var(--loud-ink); }
    .banner strong { letter-spacing: 0.06em; margin-right: 0.5em; }
    header { padding-top: 26px; }
    .eyebrow { margin: 0 0 4px; color: var(--soft); font-size: 13px; }
    .lede { margin: 8px 0 14px; color: var(--soft); max-width: none; }
    .lede span { overflow-wrap: anywhere; }
    .badges { display: flex; flex-wrap: wrap; gap: 6px 8px; margin: 0 0 14px; padding: 0; list-style: none; }
    .badge { display: inline-block; padding: 2px 9px; border: 1px solid currentColor; border-radius: 4px;
      font-size: 13px; font-weight: 600; color: var(--soft); overflow-wrap: anywhere; }
    .badge.good, .good { color: var(--good); }
    .badge.warn, .warn { color: var(--warn); }
    .badge.synthetic { background: var(--loud); color: var(--loud-ink); border-color: var(--loud); }
    .reason { padding: 8px 12px; border-left: 3px solid var(--warn); background: var(--faint); max-width: 100ch;
      overflow-wrap: anywhere; }
    nav { display: flex; flex-wrap: wrap; gap: 2px 18px; font-size: 14px; }
    .facts { columns: 350px; column-gap: 32px; margin: 0 0 10px; }
    .facts > div { display: grid; grid-template-columns: 128px minmax(0, 1fr); gap: 12px; padding: 4px 0;
      border-bottom: 1px solid var(--rule); break-inside: avoid; }
    .facts dt { color: var(--soft); overflow-wrap: anywhere; }
    .facts dd { margin: 0; overflow-wrap: anywhere; }
    .params .facts > div { grid-template-columns: 204px minmax(0, 1fr); }
    #hashes .facts { columns: 600px; }
    #hashes dt { font-size: 14px; }
    .params dt { font-size: 14px; }
    .scroll { overflow-x: auto; margin: 0 0 10px; }
    table { border-collapse: collapse; min-width: min(100%, 420px); font-size: 14px; line-height: 1.4; }
    th, td { padding: 4px 14px 4px 0; text-align: left; vertical-align: top; white-space: nowrap;
      border-bottom: 1px solid var(--rule); }
    th { color: var(--soft); font-weight: 600; font-size: 13px; border-bottom-color: var(--soft); }
    th:last-child, td:last-child { padding-right: 0; }
    .n { text-align: right; }
    tbody tr:hover { background: var(--faint); }
    td .words { display: block; min-width: 200px; max-width: 460px; white-space: normal; overflow-wrap: anywhere;
      color: var(--soft); font-size: 13px; }
    .line { display: inline-block; margin-right: 0.7em; }
    td .line { display: block; margin-right: 0; }
    .buy { color: var(--buy); }
    .sell { color: var(--sell); }
    .more, .note { color: var(--soft); font-size: 14px; }
    summary { cursor: pointer; font-weight: 600; margin: 12px 0 8px; }
    .proof h3 { display: flex; flex-wrap: wrap; gap: 4px 12px; align-items: center; }
    footer { margin-top: 36px; padding-top: 14px; border-top: 1px solid var(--rule); color: var(--soft);
      font-size: 13px; }
    @media (max-width: 1179px) {
      td .words { width: max-content; max-width: 600px; }
    }
    @media (max-width: 560px) {
      body { font-size: 14px; }
      .facts > div { grid-template-columns: 104px minmax(0, 1fr); gap: 10px; }
      .params .facts > div { grid-template-columns: minmax(0, 1.25fr) minmax(0, 1fr); }
      .facts dt, .params dt { font-size: 13px; }
    }

    """
}

extension Stylesheet {
  /// Paper: black on white, nothing cut, nothing folded.
  static let print: Markup = """
    @page { margin: 14mm 12mm; }
    @media print {
      :root { color-scheme: light; --page: #fff; --card: #fff; --ink: #000; --soft: #333; --rule: #bbb; --faint: #fff;
        --link: #000; --buy: #0b3f7a; --sell: #7a3007; --good: #0d4f29; --warn: #7a1a08; --band: #cbb04a;
        --candle: #222; }
      body { font-size: 9pt; line-height: 1.4; }
      main { max-width: none; padding: 0; }
      .banner { margin: 0; padding: 6px 10px; background: #fff; color: #000; border: 3px solid #000; }
      .badge.synthetic { background: #fff; color: #000; border: 2px solid #000; }
      h2, h3, figcaption, summary { break-after: avoid; }
      figure, tr, .decision, .orders .scroll, .proof { break-inside: avoid; }
      thead { display: table-header-group; }
      .scroll, pre { overflow: visible; }
      .canvas { min-width: 0; }
      svg { max-width: 165mm; }
      figure { grid-template-columns: minmax(0, 1fr); margin-bottom: 14px; }
      .orders { columns: 2; font-size: 8.5pt; }
      .facts, .params .facts, #hashes .facts { columns: 2; }
      #hashes .facts { columns: 1; }
      .params dt, #hashes dt, .legend, .note, .more, .orders table, .numbers, footer { font-size: 8.5pt; }
      nav, .first { display: none; }
      .drawings .scroll { border: 0; }
      table { font-size: 7pt; }
      th, td { white-space: normal; padding-right: 6px; font-size: inherit; }
      td code { overflow-wrap: break-word; }
      td .hash { overflow-wrap: anywhere; }
      time { white-space: nowrap; }
      td .words { width: auto; min-width: 90px; font-size: inherit; }
      details::details-content { content-visibility: visible; block-size: auto; }
      svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
    }

    """
}
