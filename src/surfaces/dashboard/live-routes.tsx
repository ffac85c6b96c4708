import { Hono, type MiddlewareHandler } from 'hono';
import { type SSEStreamingApi, streamSSE } from 'hono/streaming';
import { ItemPage } from './item-page.tsx';
import { LIVE_SCRIPT, LIVE_STYLE } from './live-assets.ts';
import { LIVE_PARTS, LivePage } from './live-page.tsx';
import type { LiveControls, LiveView } from './live-view.ts';

// Everything comes from this server and nothing is inline, so text from a title can never run.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const HEARTBEAT_MS = 15_000;

/**
 * The live page, a page for each issue and pull request, and the few actions. Actions need a header that another site's
 * page cannot send. Links to `githubUrl`, which no browser can use, lead to these pages instead.
 */
export function liveRoutes(controls: LiveControls, githubUrl: string): Hono {
  const app = new Hono();
  app.use(async (c, next) => {
    await next();
    c.header('content-security-policy', POLICY);
    c.header('x-content-type-options', 'nosniff');
    c.header('referrer-policy', 'no-referrer');
    c.header('cache-control', 'no-store');
  });
  app.get('/', (c) => {
    const page = <LivePage view={controls.view()} githubUrl={githubUrl} />;
    return c.html(`<!doctype html>${page.toString()}`);
  });
  app.get('/:owner/:repo/:kind{issues|pull}/:number{[0-9]+}', (c) => {
    const { owner, repo, kind, number } = c.req.param();
    const item = controls.item({ owner, repo, kind: kind === 'pull' ? 'pull' : 'issues', number: Number(number) });
    if (item === null) return c.text('there is no such issue or pull request here', 404);
    return c.html(`<!doctype html>${(<ItemPage item={item} githubUrl={githubUrl} />).toString()}`);
  });
  app.get('/live.js', (c) => c.body(LIVE_SCRIPT, 200, { 'content-type': 'text/javascript; charset=utf-8' }));
  app.get('/live.css', (c) => c.body(LIVE_STYLE, 200, { 'content-type': 'text/css; charset=utf-8' }));
  app.get('/live', (c) => streamSSE(c, (stream) => sendParts(stream, controls, githubUrl)));
  app.use('/steps', refuseForeign);
  app.use('/events/*', refuseForeign);
  app.post('/steps', async (c) => {
    await controls.playNext();
    return c.body(null, 204);
  });
  app.post('/events/:name', async (c) => {
    const isPlayed = await controls.playEvent(c.req.param('name'));
    return c.body(null, isPlayed ? 204 : 404);
  });
  return app;
}

const refuseForeign: MiddlewareHandler = async (c, next) => {
  if (c.req.header('x-parasol') !== 'live') return c.text('only the live page may do this', 403);
  await next();
};

/** All parts at once, then again whenever something changed; changes in between are sent together. */
async function sendParts(stream: SSEStreamingApi, controls: LiveControls, githubUrl: string): Promise<void> {
  let wake = (): void => {};
  let isChanged = true;
  const note = (): void => {
    isChanged = true;
    wake();
  };
  const stopListening = controls.onChange(note);
  const isOver = (): boolean => stream.aborted || stream.closed || controls.signal.aborted;
  stream.onAbort(note);
  controls.signal.addEventListener('abort', note, { once: true });
  while (!isOver()) {
    if (isChanged) {
      isChanged = false;
      await stream.writeSSE({ event: 'parts', data: JSON.stringify(renderParts(controls.view(), githubUrl)) });
    } else {
      // Cleared with the wait: a timer left behind would keep the process alive.
      let heartbeat: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        wake = resolve;
        heartbeat = setTimeout(resolve, HEARTBEAT_MS);
      });
      clearTimeout(heartbeat);
      if (!isChanged) await stream.write(': still here\n\n');
    }
  }
  stopListening();
  controls.signal.removeEventListener('abort', note);
}

function renderParts(view: LiveView, githubUrl: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(LIVE_PARTS).map(([id, Part]) => [id, (<Part view={view} githubUrl={githubUrl} />).toString()]),
  );
}
