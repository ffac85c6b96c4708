/** Replaces each changed part of the page, keeping the folded parts of a comment as the reader left them. */
export const LIVE_SCRIPT = `
const openParts = (part) => [...part.querySelectorAll('details')].map((one) => one.open);
const live = document.getElementById('log') && new EventSource('/live');
live?.addEventListener('parts', (message) => {
  for (const [id, html] of Object.entries(JSON.parse(message.data))) {
    const part = document.getElementById(id);
    if (!part || part.innerHTML === html) continue;
    const opened = openParts(part);
    const versions = new Map([...part.querySelectorAll('article')].map((one) => [one.id, one.dataset.version]));
    part.innerHTML = html;
    part.querySelectorAll('details').forEach((one, index) => { one.open = opened[index] ?? one.open; });
    part.querySelectorAll('article').forEach((one) => {
      if (versions.has(one.id) && versions.get(one.id) !== one.dataset.version) one.classList.add('changed');
    });
  }
});
document.addEventListener('click', (event) => {
  const link = event.target.closest('a[href^="#"]');
  const folded = link && document.getElementById(link.hash.slice(1))?.closest('details');
  if (folded) folded.open = true;
});
document.addEventListener('click', async (event) => {
  const button = event.target.closest('button[data-post]');
  if (!button || button.disabled) return;
  button.disabled = true;
  await fetch(button.dataset.post, { method: 'POST', headers: { 'x-parasol': 'live' } }).catch(() => {});
  button.disabled = false;
});
`;

export const LIVE_STYLE = `
:root {
  --ground: #faf9f6; --panel: #ffffff; --ink: #22272e; --soft: #656d76; --line: #d9d6cf;
  --accent: #2f6f5e; --good: #1a7f4b; --bad: #b42318; --doubt: #8a6100; --flash: #fff3c4;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #15181c; --panel: #1d2127; --ink: #dfe3e8; --soft: #949ca6; --line: #343a42;
    --accent: #6cc0a8; --good: #57c785; --bad: #f2837a; --doubt: #dcb04c; --flash: #4a4020;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
header { padding: 1rem 1.5rem; border-bottom: 1px solid var(--line); }
header h1 { margin: 0; font-size: 1.25rem; color: var(--accent); }
header p { margin: 0.25rem 0 0; color: var(--soft); }
header p + h1 { margin-top: 0.25rem; }
a { color: var(--accent); }
main { display: grid; grid-template-columns: minmax(18rem, 24rem) minmax(0, 1fr); grid-template-rows: auto auto 1fr; gap: 1rem 1.5rem; padding: 1.5rem; align-items: start; }
#comments { grid-column: 2; grid-row: 1 / 4; }
main.item { display: block; max-width: 60rem; }
@media (max-width: 60rem) {
  main { grid-template-columns: minmax(0, 1fr); grid-template-rows: none; padding: 1rem; }
  #comments { grid-column: 1; grid-row: auto; }
}
h2 { font-size: 1rem; margin: 0 0 0.5rem; }
h2 small { font-weight: normal; color: var(--soft); }
#story, #umbrellas, #log, .rollup, .item article { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 1rem; }
.rollup, .item article { margin-bottom: 1rem; }
.rollup > summary { cursor: pointer; font-weight: bold; }
.rollup > summary small { font-weight: normal; color: var(--soft); }
article { overflow-x: auto; scroll-margin-top: 3rem; }
.by { color: var(--soft); margin-top: 0; }
article.changed { animation: flash 2s ease-out; }
@keyframes flash { from { background: var(--flash); } }
@media (prefers-reduced-motion: reduce) { article.changed { animation: none; border-color: var(--accent); } }
.buttons { display: flex; flex-wrap: wrap; gap: 0.5rem; }
button { font: inherit; padding: 0.3rem 0.8rem; border: 1px solid var(--line); border-radius: 6px; background: var(--ground); color: var(--ink); cursor: pointer; }
button:hover:enabled, button:focus-visible { border-color: var(--accent); }
button:disabled { opacity: 0.5; cursor: default; }
ul.umbrellas, ol.log { list-style: none; margin: 0; padding: 0; }
ul.umbrellas li { padding: 0.4rem 0; border-top: 1px solid var(--line); }
ul.umbrellas a { display: block; color: var(--accent); text-decoration: none; }
ul.umbrellas span { color: var(--soft); font-size: 0.85rem; margin-right: 0.75rem; }
progress { width: 100%; height: 0.5rem; accent-color: var(--good); }
.verdict.go { color: var(--good); } .verdict.no_go { color: var(--bad); } .verdict.unknown { color: var(--doubt); }
ol.log { max-height: 22rem; overflow-y: auto; font-size: 0.85rem; }
ol.log li { padding: 0.2rem 0 0.2rem 0.6rem; border-left: 3px solid var(--line); margin-bottom: 2px; overflow-wrap: anywhere; }
ol.log li.story { border-color: var(--accent); } ol.log li.out { border-color: var(--good); } ol.log li.failure { border-color: var(--bad); }
ol.log time { color: var(--soft); }
.comment table { border-collapse: collapse; font-size: 0.9rem; }
.comment th, .comment td { border: 1px solid var(--line); padding: 0.3rem 0.6rem; text-align: left; vertical-align: top; }
.comment a { color: var(--accent); }
.comment code { background: var(--ground); border-radius: 4px; padding: 0.1rem 0.3rem; }
.squares { display: inline-flex; width: min(16rem, 70%); height: 0.75rem; border-radius: 4px; overflow: hidden; vertical-align: middle; margin-right: 0.5rem; }
.square { flex: 1; }
.square.green { background: #2da44e; } .square.blue { background: #388bfd; } .square.yellow { background: #d4a72c; }
.square.red { background: #cf4237; } .square.white { background: var(--line); }
.comment details { margin: 0.5rem 0; }
.comment summary { cursor: pointer; }
@media (max-width: 40rem) {
  header, main { padding: 0.75rem; }
  main { gap: 0.6rem; }
  .rollup, #story, #umbrellas, #log { padding: 0.5rem 0.75rem; }
  .rollup { margin-bottom: 0.5rem; }
  #story p { margin: 0.4rem 0; }
  button { padding: 0.2rem 0.55rem; font-size: 0.85rem; }
  ul.umbrellas progress { display: none; }
  .comment table, .comment tbody { display: block; }
  .comment thead, .comment td:empty { display: none; }
  .comment tr { display: block; padding: 0.25rem 0; line-height: 1.35; border-top: 1px solid var(--line); }
  .comment td { display: inline; border: 0; padding: 0; overflow-wrap: anywhere; }
  .comment td:first-child { display: block; font-weight: 600; }
  .comment td + td { margin-right: 0.6rem; font-size: 0.8rem; }
  .comment td + td::before { content: attr(data-label) ": "; color: var(--soft); }
  ol.log { max-height: 10rem; }
  .comment { font-size: 0.85rem; line-height: 1.4; }
  .comment h3, .comment h4, .comment p, .comment ul { margin: 0.4rem 0; }
  .comment ul { padding-left: 1.1rem; }
  ul.umbrellas li { padding: 0.15rem 0; line-height: 1.3; }
  .rollup > summary { line-height: 1.3; }
}
`;
