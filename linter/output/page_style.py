"""How a page looks in a browser, by day, by night and on paper. Contrasts are those of WCAG 2.2, level AA."""

STYLE = """\
:root {
  color-scheme: light dark;
  --paper: #f6f7f9; --card: #fff; --text: #1b2330; --muted: #566274; --edge: #dde2ea; --stripe: #f6f8fb;
  --accent: #1f5fc4; --good: #17653a; --good-back: #dff5e7; --fair: #7a4b00; --fair-back: #fdf0d2;
  --bad: #a8161c; --bad-back: #fde4e4; --plain: #445063; --plain-back: #e9edf3;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #10141b; --card: #181e28; --text: #e4e9f1; --muted: #a0acbd; --edge: #2d3644; --stripe: #1c232f;
    --accent: #84b4ff; --good: #8fe0ae; --good-back: #143524; --fair: #f3cd84; --fair-back: #3b2d10;
    --bad: #ffaeae; --bad-back: #4a1d20; --plain: #c3ccd9; --plain-back: #2a3341;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 72rem; padding: 2.5rem 1.25rem 4rem; background: var(--paper); color: var(--text);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; overflow-wrap: break-word;
}
h1 { font-size: 2.4rem; line-height: 1.15; letter-spacing: -0.02em; margin: 0.4rem 0 0.5rem; }
h2 { font-size: 1.45rem; line-height: 1.3; margin: 0; display: flex; flex-wrap: wrap; gap: 0.3rem 0.8rem;
  align-items: center; }
h3 { font-size: 1.05rem; margin: 1.9rem 0 0.6rem; }
h4, h5, h6 { font-size: 0.95rem; color: var(--muted); margin: 1.3rem 0 0.5rem; }
p { margin: 0.6rem 0; max-width: 46rem; }
a { color: var(--accent); text-underline-offset: 0.15em; }
a:focus-visible, .scroll:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
code { font: 0.88em ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
.lead { color: var(--muted); }
header .lead { font-size: 1.2rem; }
section { background: var(--card); border: 1px solid var(--edge); border-radius: 0.75rem; padding: 1.5rem 1.75rem;
  margin: 1.5rem 0; }
main > h2 { margin: 2rem 0 0.8rem; }
section > .lead { margin: 0.25rem 0 1rem; }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(16rem, 1fr)); gap: 0.9rem 1.75rem; margin: 1rem 0; }
dt { color: var(--muted); font-size: 0.82rem; }
dd { margin: 0; }
.scroll { overflow-x: auto; margin: 0.6rem 0 1rem; border: 1px solid var(--edge); border-radius: 0.5rem;
  background: var(--card); }
table { border-collapse: collapse; width: 100%; font-size: 0.92rem; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th, td { text-align: left; vertical-align: top; padding: 0.5rem 0.85rem; }
thead th { color: var(--muted); font-size: 0.8rem; background: var(--stripe); vertical-align: bottom; }
tbody tr { border-top: 1px solid var(--edge); }
tbody th, th code { font-weight: 600; }
th, td { min-width: 5rem; }
.badge { display: inline-block; font-size: 0.78rem; font-weight: 600; line-height: 1.5; padding: 0 0.6em;
  border-radius: 1em; letter-spacing: 0; white-space: nowrap; color: var(--plain); background: var(--plain-back); }
.badge.good { color: var(--good); background: var(--good-back); }
.badge.fair { color: var(--fair); background: var(--fair-back); }
.badge.bad { color: var(--bad); background: var(--bad-back); }
figure { margin: 1rem 0; }
figcaption { color: var(--muted); font-size: 0.82rem; margin-top: 0.4rem; }
.surroundings { max-width: 100%; height: auto; }
.surroundings text { fill: var(--text); font-size: 14px; font-weight: 600; text-anchor: middle; }
.surroundings .note { fill: var(--muted); font-size: 11.5px; font-weight: 400; }
.box { fill: var(--card); stroke: var(--muted); }
.box.centre { fill: var(--plain-back); stroke: var(--accent); stroke-width: 2; }
.line { fill: none; stroke: var(--muted); stroke-width: 1.5; }
.loose { stroke-dasharray: 5 4; }
.rollout { list-style: none; margin: 0.8rem 0 1.2rem; padding: 0; display: grid; gap: 0.45rem; }
.rollout li { display: grid; grid-template-columns: 11rem 3.5rem 1fr 9rem; gap: 0.9rem; align-items: center; }
.rollout li > :nth-child(2) { text-align: right; font-variant-numeric: tabular-nums; }
.rollout svg { width: 100%; height: 0.9rem; border-radius: 0.3rem; background: var(--plain-back); display: block; }
.rollout rect { fill: var(--accent); }
.rollout small { color: var(--muted); }
footer { color: var(--muted); font-size: 0.85rem; margin-top: 2rem; }
@media (max-width: 40rem) {
  body { padding: 1.25rem 0.75rem 3rem; }
  section { padding: 1.1rem 1rem; }
  .rollout li { grid-template-columns: 1fr auto; }
  .rollout svg, .rollout small { grid-column: 1 / -1; }
}
@media print {
  :root { --paper: #fff; --card: #fff; --text: #000; --muted: #444; --accent: #000; --stripe: #fff; --edge: #bbb; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  section { border: 0; border-top: 1px solid var(--edge); border-radius: 0; padding: 1rem 0 0; }
  .scroll { overflow: visible; break-inside: avoid; }
  th, td { min-width: 0; padding: 0.3rem 0.5rem; }
  .badge { border: 1px solid currentcolor; }
  tr, figure, .rollout li, dl > div { break-inside: avoid; }
  h2, h3, h4 { break-after: avoid; }
}
"""
