/**
 * All of the page's style: one accent, numbers in columns, light and dark as the reader's system has it, and black on white
 * where it is printed. Text has at least 4.5 : 1 against its ground (WCAG 2.2, 1.4.3), marks at least 3 : 1 (1.4.11).
 */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --ground: #faf9f6; --panel: #ffffff; --ink: #22272e; --soft: #59616b; --line: #e2dfd8;
  --accent: #2f6f5e; --tint: #d9e9e3; --good: #17693f; --bad: #b42318; --doubt: #8a5a00;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #15181c; --panel: #1d2127; --ink: #e3e7ec; --soft: #a0a8b2; --line: #343a42;
    --accent: #6cc0a8; --tint: #23403a; --good: #6fd39a; --bad: #f5948c; --doubt: #e0b458;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; font-variant-numeric: tabular-nums; overflow-wrap: break-word; }
main, header, footer { max-width: 66rem; margin: 0 auto; padding: 0 2rem; }
header { padding-top: 4rem; }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 0.2em; }
h1 { margin: 0.25rem 0 0; font-size: 2.5rem; line-height: 1.15; letter-spacing: -0.02em; font-weight: 650; }
h2 { margin: 0 0 1rem; font-size: 1.2rem; letter-spacing: -0.01em; }
h3 { margin: 0; font-size: 1rem; }
section { margin-top: 3.5rem; }
p { margin: 0; }
code { font: 0.85em/1.5 ui-monospace, SFMono-Regular, Menlo, monospace; color: var(--soft); }
.eyebrow, .soft, .facts { color: var(--soft); }
.eyebrow { font-size: 0.95rem; }
.verdict { display: flex; gap: 1.25rem; align-items: baseline; margin-top: 2rem; padding: 1.25rem 1.5rem; background: var(--panel); border: 1px solid var(--line); border-left: 6px solid var(--doubt); border-radius: 10px; }
.verdict strong { font-size: 1.35rem; line-height: 1.3; }
.verdict .sign { font-size: 1.6rem; line-height: 1; color: var(--doubt); }
.verdict.go { border-left-color: var(--good); } .verdict.go .sign { color: var(--good); }
.verdict.no_go { border-left-color: var(--bad); } .verdict.no_go .sign { color: var(--bad); }
.meta { display: flex; flex-wrap: wrap; gap: 0.25rem 2.5rem; margin: 1.5rem 0 0; }
.meta div { min-width: 6rem; } .meta dt { color: var(--soft); font-size: 0.85rem; } .meta dd { margin: 0; }
.progress { height: 10px; margin-top: 2rem; border-radius: 5px; background: var(--tint); overflow: hidden; }
.progress span { display: block; height: 100%; background: var(--accent); }
.progress + p { margin-top: 0.5rem; color: var(--soft); font-size: 0.95rem; }
ol.steps { list-style: none; counter-reset: step; margin: 0; padding: 0; }
ol.steps > li { counter-increment: step; position: relative; padding: 0.9rem 0 0.9rem 3rem; border-top: 1px solid var(--line); }
ol.steps > li:last-child { border-bottom: 1px solid var(--line); }
ol.steps > li::before { content: counter(step); position: absolute; left: 0; top: 0.9rem; width: 2rem; text-align: right; color: var(--accent); font-weight: 650; }
ul.plain { margin: 0; padding: 0; list-style: none; }
ul.plain > li { padding: 0.5rem 0; border-top: 1px solid var(--line); }
ul.plain > li:first-child { border-top: 0; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 0.95rem; }
th, td { padding: 0.6rem 1.25rem 0.6rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
thead th { color: var(--soft); font-weight: 500; font-size: 0.85rem; white-space: nowrap; }
tbody th { font-weight: 600; white-space: nowrap; }
table.wide { min-width: 46rem; }
.outcome { white-space: nowrap; }
.outcome .sign, li .sign { display: inline-block; width: 1.25em; font-weight: 700; }
.good { color: var(--good); } .bad { color: var(--bad); } .doubt { color: var(--doubt); } .quiet { color: var(--soft); }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 3rem 3.5rem; }
figure { margin: 0; max-width: 36rem; break-inside: avoid; }
figcaption { margin-bottom: 0.75rem; } figcaption p { font-size: 0.9rem; } figcaption p:not(.doubt) { color: var(--soft); }
.chart { display: block; width: 100%; height: auto; font: 13px system-ui, sans-serif; font-variant-numeric: tabular-nums; }
.chart text { fill: var(--ink); } .chart text.dim { fill: var(--soft); }
.chart .grid { stroke: var(--line); stroke-width: 1; }
.chart .area { fill: var(--tint); } .chart .line { fill: none; stroke: var(--accent); stroke-width: 2; stroke-linejoin: round; }
.chart .whole { stroke: var(--soft); stroke-dasharray: 4 4; }
.chart .bar { fill: var(--accent); } .chart .late { fill: var(--doubt); } .chart .dot { fill: var(--accent); stroke: var(--ground); stroke-width: 2; }
.key { display: inline-block; width: 0.75rem; height: 0.75rem; margin: 0 0.35rem 0 0; border-radius: 2px; background: var(--accent); }
.key.late { margin-left: 0.9rem; background: var(--doubt); }
details { border-top: 1px solid var(--line); }
details:last-of-type { border-bottom: 1px solid var(--line); }
summary { padding: 0.9rem 0; cursor: pointer; }
summary h3 { display: inline; } summary span { color: var(--soft); margin-left: 0.75rem; }
summary:focus-visible, a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
.findings { margin: 0 0 1.25rem; padding: 0; list-style: none; }
.findings > li { padding: 0.9rem 0 0.9rem 1.75rem; position: relative; }
.findings > li > .sign { position: absolute; left: 0; }
.findings > li + li { border-top: 1px dashed var(--line); }
.facts, .evidence { font-size: 0.9rem; } .evidence { color: var(--soft); }
.todo { margin-top: 0.25rem; }
footer { padding-top: 4rem; padding-bottom: 4rem; color: var(--soft); font-size: 0.9rem; }
@media (max-width: 40rem) {
  main, header, footer { padding-left: 1.25rem; padding-right: 1.25rem; }
  header { padding-top: 2rem; } h1 { font-size: 1.9rem; } section { margin-top: 2.5rem; }
}
@media print {
  :root { color-scheme: light; --ground: #fff; --panel: #fff; --ink: #000; --soft: #444; --line: #ccc; --accent: #2f6f5e; --tint: #d9e9e3; --good: #17693f; --bad: #b42318; --doubt: #8a5a00; }
  @page { margin: 18mm; }
  body { font-size: 10.5pt; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  main, header, footer { max-width: none; padding: 0; }
  section { margin-top: 1.75rem; } .charts { grid-template-columns: 1fr 1fr; gap: 1.5rem; }
  h2, summary, .verdict, tr, .findings > li, ol.steps > li { break-inside: avoid; } h2, summary { break-after: avoid; }
  .scroll { overflow: visible; } table.wide { min-width: 0; } th, td { padding-right: 0.75rem; } tbody th, .outcome { white-space: normal; } summary { list-style: none; }
  details::details-content { content-visibility: visible; block-size: auto; }
  a { color: inherit; }
}
`;
