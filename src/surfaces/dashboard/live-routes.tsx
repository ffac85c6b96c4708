import { Hono, type MiddlewareHandler } from 'hono';
import { type SSEStreamingApi, streamSSE } from 'hono/streaming';
import { LIVE_SCRIPT, LIVE_STYLE } from './live-assets.ts';
import { LIVE_PARTS, LivePage } from './live-page.tsx';
import type { LiveControls, LiveView } from './live-view.ts';

// Everything comes from this server and nothing is inline, so text from a title can never run.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const HEARTBEAT_MS = 15_000;

/** The live page and its few actions. Actions need a header that another site's page cannot send. */
export function liveRoutes(controls: LiveControls): Hono {
  const app = new Hono();
  app.use(async (c, next) => {
    await next();
    c.header('content-security-policy', POLICY);
    c.header('x-content-type-options', 'nosniff');
    c.header('referrer-policy', 'no-referrer');
    c.header('cache-control', 'no-store');
  });
  app.get('/', (c) => c.html(`<!doctype html>${(<LivePage view={controls.view()} />).toString()}`));
  app.get('/live.js', (c) => c.body(LIVE_SCRIPT, 200, { 'content-type': 'text/javascript; charset=utf-8' }));
  app.get('/live.css', (c) => c.body(LIVE_STYLE, 200, { 'content-type': 'text/css; charset=utf-8' }));
  app.get('/live', (c) => streamSSE(c, (stream) => sendParts(stream, controls)));
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
async function sendParts(stream: SSEStreamingApi, controls: LiveControls): Promise<void> {
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
      await stream.writeSSE({ event: 'parts', data: JSON.stringify(renderParts(controls.view())) });
    } else {
      await Promise.race([new Promise<void>((resolve) => (wake = resolve)), stream.sleep(HEARTBEAT_MS)]);
      if (!isChanged) await stream.write(': still here\n\n');
    }
  }
  stopListening();
  controls.signal.removeEventListener('abort', note);
}

function renderParts(view: LiveView): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(LIVE_PARTS).map(([id, Part]) => [id, (<Part view={view} />).toString()]));
}
