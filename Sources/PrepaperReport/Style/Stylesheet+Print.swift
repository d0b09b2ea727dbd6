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
