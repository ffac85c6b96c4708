import { describe, expect, test } from 'vitest';
import { liveRoutes } from '../../../src/surfaces/dashboard/live-routes.tsx';
import type { LiveControls, LiveView } from '../../../src/surfaces/dashboard/live-view.ts';
import { sampleRollup } from '../cli/sample-rollup.ts';

const HOSTILE = '<script>alert(1)</script>';

describe('the live page', () => {
  test('shows umbrellas with their bars, the comment as GitHub would, the story and the log', async () => {
    const html = await (await routesOf(controlsOf().controls).request('/')).text();
    expect(html).toMatch(/^<!doctype html><html lang="en">/);
    expect(html).toContain('<progress max="100" value="25"');
    expect(html).toContain('<span class="verdict no_go">no go</span>');
    expect(html).toContain('<strong>Tides</strong>');
    expect(html).toContain('Next: kim takes #4');
    expect(html).toContain(
      '<li class="in"><time datetime="2026-03-02T09:00:00Z">09:00:00</time> <span>issues.closed</span><b> × 12</b></li>',
    );
  });

  test('lets no title become markup, and forbids inline scripts', async () => {
    const rollup = sampleRollup({ umbrella: { ...sampleRollup().umbrella, title: HOSTILE } });
    const { controls } = controlsOf({
      rollups: [{ rollup, body: `# ${HOSTILE}`, version: 1 }],
      log: [{ at: 'now', kind: 'story', text: HOSTILE, count: 1 }],
      story: { done: 0, total: 1, next: HOSTILE },
    });
    const response = await routesOf(controls).request('/');
    expect(await response.text()).not.toContain('<script>alert');
    const policy = response.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'; script-src 'self'");
    expect(policy).not.toContain('unsafe-inline');
  });

  test('has a page for each issue, with its state, its text and its comments, and no script of others', async () => {
    const routes = routesOf(controlsOf().controls);
    const html = await (await routes.request('/octo/harbor/issues/7')).text();
    expect(html).toContain('<h1>Tides &lt;script&gt;');
    expect(html).toContain('octo/harbor#7 · closed as completed · opened by kim');
    expect(html).toContain('<strong>Why</strong> <a href="/octo/harbor/issues/1">');
    expect(html).toContain('<em>twice</em>');
    expect(html).not.toContain('<script>alert');
    expect((await routes.request('/octo/harbor/pull/8')).status).toBe(404);
  });

  test('leads from the tasks of a comment to those pages', async () => {
    const { controls } = controlsOf({
      rollups: [{ rollup: sampleRollup(), body: `[#7](${GITHUB_URL}/octo/harbor/issues/7)`, version: 1 }],
    });
    const html = await (await routesOf(controls).request('/')).text();
    expect(html).toContain('<a href="/octo/harbor/issues/7">#7</a>');
    expect(html).not.toContain(GITHUB_URL);
  });

  test('opens the first umbrella and folds the others', async () => {
    const one = { rollup: sampleRollup(), body: 'x', version: 1 };
    const { controls } = controlsOf({ rollups: [one, one, one] });
    const html = await (await routesOf(controls).request('/')).text();
    expect(html.match(/<details class="rollup"[^>]*>/g)).toEqual([
      '<details class="rollup" open="">',
      '<details class="rollup">',
      '<details class="rollup">',
    ]);
  });

  test('serves its own script and style only', async () => {
    const routes = routesOf(controlsOf().controls);
    const script = await routes.request('/live.js');
    expect(script.headers.get('content-type')).toContain('text/javascript');
    expect((await routes.request('/live.css')).headers.get('content-type')).toContain('text/css');
    expect((await routes.request('/other')).status).toBe(404);
  });

  test('sends every part at once, and again when something changed', async () => {
    const { controls, change, stop } = controlsOf();
    const response = await routesOf(controls).request('/live');
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const read = readerOf(response);
    expect(Object.keys(await read())).toEqual(['umbrellas', 'comments', 'story', 'log']);
    change({ story: { done: 1, total: 1, next: null } });
    expect((await read()).story).toContain('The story is over.');
    stop();
  });

  test('ends open streams when the page goes away', async () => {
    const { controls, stop } = controlsOf();
    const response = await routesOf(controls).request('/live');
    const text = response.text();
    stop();
    expect(await text).toContain('event: parts');
  });

  test('plays a step or an event for its own page only', async () => {
    const { controls, played } = controlsOf();
    const routes = routesOf(controls);
    const post = async (path: string, headers = {}) => (await routes.request(path, { method: 'POST', headers })).status;
    expect(await post('/steps')).toBe(403);
    expect(await post('/events/close-child', { 'content-type': 'text/plain' })).toBe(403);
    expect(played).toEqual([]);
    const own = { 'x-parasol': 'live' };
    expect([await post('/steps', own), await post('/events/close-child', own)]).toEqual([204, 204]);
    expect(await post('/events/burn-down', own)).toBe(404);
    expect(played).toEqual(['next', 'close-child', 'burn-down']);
  });
});

const GITHUB_URL = 'http://127.0.0.1:9';

const routesOf = (controls: LiveControls) => liveRoutes(controls, GITHUB_URL);

const ITEM = {
  ref: 'octo/harbor#7',
  title: `Tides ${HOSTILE}`,
  state: 'closed as completed',
  author: 'kim',
  body: '**Why** [the umbrella](http://127.0.0.1:9/octo/harbor/issues/1) <script>alert(1)</script>',
  comments: [{ author: 'ravi', at: '2026-03-02T09:00:00Z', body: 'Done _twice_' }],
};

function controlsOf(replaced: Partial<LiveView> = {}) {
  const stopping = new AbortController();
  const listeners = new Set<() => void>();
  const played: string[] = [];
  let view: LiveView = { ...VIEW, ...replaced };
  const controls: LiveControls = {
    view: () => view,
    item: ({ number }) => (number === 7 ? ITEM : null),
    signal: stopping.signal,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    playNext: async () => {
      played.push('next');
    },
    playEvent: async (name) => {
      played.push(name);
      return name === 'close-child';
    },
  };
  const change = (changed: Partial<LiveView>): void => {
    view = { ...view, ...changed };
    for (const listener of listeners) listener();
  };
  return { controls, change, played, stop: () => stopping.abort() };
}

const VIEW: LiveView = {
  world: 'harbor.yml',
  rollups: [{ rollup: sampleRollup(), body: '**Tides**', version: 1 }],
  log: [{ at: '2026-03-02T09:00:00Z', kind: 'in', text: 'issues.closed', count: 12 }],
  story: { done: 0, total: 9, next: 'kim takes #4' },
  events: [{ name: 'close-child', label: 'Close a child' }],
};

/** Reads one `parts` event after the other. */
function readerOf(response: Response): () => Promise<Record<string, string>> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return async () => {
    while (!text.includes('\n\n')) {
      const chunk = await reader?.read();
      if (chunk?.value === undefined) throw new Error('the stream ended');
      text += chunk.value;
    }
    const [event = '', ...rest] = text.split('\n\n');
    text = rest.join('\n\n');
    return JSON.parse(/^data: (.*)$/m.exec(event)?.[1] ?? '{}');
  };
}
