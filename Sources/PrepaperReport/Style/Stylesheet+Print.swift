extension Stylesheet {
  /// Paper: black on white, nothing cut, nothing folded.
  static let print: Markup = """
    @page { margin: 14mm 12mm; }
    @media print {
      :root { color-scheme: light; --page: #fff; --card: #fff; --ink: #000; --soft: #333; --rule: #bbb; --faint: #fff;
        --link: #000; --buy: #0b3f7a; --sell: #7a3007; --good: #0d4f29; --warn: #7a1a08; --band: #cbb04a;
        --candle: #222; }
      body { font-size: 9.5pt; }
      main { max-width: none; padding: 0; }
      .banner { margin: 0; padding: 6px 10px; background: #fff; color: #000; border: 3px solid #000; }
      .badge.synthetic { background: #fff; color: #000; border: 2px solid #000; }
      h2, h3, figcaption, summary { break-after: avoid; }
      figure, tr, .decision, .proof { break-inside: avoid; }
      thead { display: table-header-group; }
      .scroll, pre { overflow: visible; }
      svg { min-width: 0; max-width: 100%; }
      figure { grid-template-columns: minmax(0, 1fr); }
      table { width: 100%; font-size: 7.5pt; }
      th, td { white-space: normal; padding-right: 6px; overflow-wrap: anywhere; font-size: inherit; }
      td .words { min-width: 0; font-size: inherit; }
      details::details-content { content-visibility: visible; block-size: auto; }
      svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
    }

    """
}
