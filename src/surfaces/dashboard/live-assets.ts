/** Replaces each changed part of the page, keeping the folded parts of a comment as the reader left them. */
export const LIVE_SCRIPT = `
const openParts = (part) => [...part.querySelectorAll('details')].map((one) => one.open);
const live = new EventSource('/live');
live.addEventListener('parts', (message) => {
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
main { display: grid; grid-template-columns: minmax(18rem, 24rem) minmax(0, 1fr); gap: 1.5rem; padding: 1.5rem; }
@media (max-width: 60rem) { main { grid-template-columns: minmax(0, 1fr); } }
h2 { font-size: 1rem; margin: 0 0 0.5rem; }
h2 small { font-weight: normal; color: var(--soft); }
aside section, article { background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 1rem; margin-bottom: 1rem; }
article { overflow-x: auto; scroll-margin-top: 1rem; }
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
.comment details { margin: 0.5rem 0; }
.comment summary { cursor: pointer; }
`;
