import { generateKeyPairSync } from 'node:crypto';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { sign } from '@octokit/webhooks-methods';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UserError } from '../../../src/core/failure.ts';
import { type AppServerOptions, startAppServer } from '../../../src/surfaces/app/start-app-server.ts';
import { buildTestWorld, SECRET, sendWebhook, settingsOf, startTestApp, type TestApp } from './test-app.ts';

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const payload = { action: 'pinned', zen: 'a very private payload' };

describe('the App answers', () => {
  test('202 to a signed webhook', async () => {
    expect(await sendWebhook(app.server, 'issues', payload, { id: 'one' })).toEqual({
      status: 202,
      body: '{"status":"accepted","delivery":"one"}',
    });
  });

  test('202 to a repeated delivery without doing it again', async () => {
    await sendWebhook(app.server, 'issues', payload, { id: 'two' });
    expect(await sendWebhook(app.server, 'issues', payload, { id: 'two' })).toEqual({
      status: 202,
      body: '{"status":"already handled","delivery":"two"}',
    });
  });

  test('401 to a missing signature', async () => {
    expect(await sendWebhook(app.server, 'issues', payload, { signature: null })).toEqual({
      status: 401,
      body: '{"error":"the signature is missing"}',
    });
  });

  const forged = {
    'made with another secret': () => sign('development', JSON.stringify(payload)),
    'of another payload': () => sign(SECRET, '{}'),
    'that is none': async () => 'sha256=x',
    'by SHA-1': async () => `sha1=${'0'.repeat(40)}`,
  };
  test.each(Object.entries(forged))('401 to a signature %s, and logs nothing of the payload', async (_, make) => {
    app.log.length = 0;
    const answer = await sendWebhook(app.server, 'issues', payload, { signature: await make() });
    expect(answer).toEqual({ status: 401, body: '{"error":"the signature does not fit"}' });
    expect(app.log).toEqual([{ level: 'warn', message: 'refused a webhook whose signature does not fit the secret' }]);
  });

  test('413 to 30 MB that are announced, without taking them in', async () => {
    const before = process.memoryUsage().rss;
    const answer = await sendWebhook(app.server, 'issues', `"${'x'.repeat(30_000_000)}"`);
    expect(answer).toEqual({ status: 413, body: '{"error":"a payload has at most 26214400 bytes"}' });
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
  });

  test('413 to 30 MB that come unannounced', async () => {
    const chunk = new TextEncoder().encode('x'.repeat(1_000_000));
    let left = 30;
    const body = new ReadableStream({
      pull: (controller) => {
        if (left === 0) controller.close();
        else controller.enqueue(chunk);
        left -= 1;
      },
    });
    const headers = {
      'content-type': 'application/json',
      'x-github-event': 'issues',
      'x-github-delivery': 'big',
      'x-hub-signature-256': `sha256=${'0'.repeat(64)}`,
    };
    const response = await fetch(app.server.webhookUrl, { method: 'POST', body, headers, duplex: 'half' });
    expect(response.status).toBe(413);
  });

  test.each([
    ['415 to a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['415 to a media type that only begins alike', { 'content-type': 'application/jsonp' }, 415],
    ['400 to a missing event name', { 'x-github-event': '' }, 400],
    ['400 to a missing delivery id', { 'x-github-delivery': '' }, 400],
  ])('%s', async (_, headers, status) => {
    expect((await sendWebhook(app.server, 'issues', payload, { headers })).status).toBe(status);
  });

  test('400 to a signed body that is no JSON, without saying more', async () => {
    const answer = await sendWebhook(app.server, 'issues', '{"half', { id: 'half' });
    expect(answer).toEqual({ status: 400, body: '{"error":"not a webhook payload","delivery":"half"}' });
  });

  test.each(['__proto__', 'constructor', 'error', '*'])('202 to the event name %s, and no more', async (name) => {
    app.log.length = 0;
    expect((await sendWebhook(app.server, name, payload)).status).toBe(202);
    expect(app.log).toEqual([]);
  });

  test('nothing to a sender that goes away, and logs nothing', async () => {
    app.log.length = 0;
    const { port, hostname } = new URL(app.server.url);
    const socket = connect(Number(port), hostname);
    const head = ['POST /api/github/webhooks HTTP/1.1', 'host: x', 'content-type: application/json'];
    const rest = ['x-github-event: issues', 'x-github-delivery: gone', `x-hub-signature-256: sha256=${'0'.repeat(64)}`];
    socket.write([...head, ...rest, 'content-length: 9999', '', '{"half'].join('\r\n'));
    await sleep(50);
    socket.destroy();
    await sleep(50);
    expect(app.log).toEqual([]);
  });

  test('404 to a path of many slashes, at once', async () => {
    const startedAt = performance.now();
    expect((await fetch(`${app.server.url}/${'/'.repeat(15_000)}a`)).status).toBe(404);
    expect(performance.now() - startedAt).toBeLessThan(100);
  });

  test('405 to GET, 200 on its health page, 404 elsewhere', async () => {
    const status = async (path: string) => (await fetch(`${app.server.url}${path}`)).status;
    expect(await Promise.all([status('/api/github/webhooks'), status('/healthz'), status('/nothing')])).toEqual([
      405, 200, 404,
    ]);
  });

  test('pages of its own beside the webhook', async () => {
    const built = buildTestWorld();
    const other = await startTestApp(built, {
      routes: { fetch: (request) => new Response(new URL(request.url).pathname) },
    });
    const text = await (await fetch(`${other.server.url}/umbrellas?x=1`)).text();
    await other.close();
    expect(text).toBe('/umbrellas');
  });
});

describe('the App does not start', () => {
  const refusalOf = async (change: Partial<AppServerOptions>) => {
    try {
      await startAppServer({ ...settingsOf(app.app, app.sandbox, []), ...change });
      return null;
    } catch (cause) {
      return cause instanceof UserError
        ? { code: cause.code, message: cause.message, hasHint: cause.hint !== '' }
        : cause;
    }
  };

  test.each([
    [
      'an empty webhook secret',
      { webhookSecret: '' },
      "The webhook secret is empty: anyone could send events in GitHub's name.",
    ],
    [
      'a blank one',
      { webhookSecret: '    ' },
      "The webhook secret is empty: anyone could send events in GitHub's name.",
    ],
    [
      "Probot's stand-in for an empty one",
      { webhookSecret: 'development' },
      "The webhook secret is shorter than 16 characters: anyone could send events in GitHub's name.",
    ],
    ['an App id that is no number', { appId: Number.NaN }, 'The App id is not a number.'],
    ['no private key', { privateKey: '' }, 'The private key of the App is missing or is no PEM key.'],
    ['an address that is none', { baseUrl: 'github' }, '"github" is not an address of a GitHub API.'],
  ])('with %s, and says what to do', async (_, change, message) => {
    expect(await refusalOf(change)).toEqual({ code: 'usage', message, hasHint: true });
  });

  test("with another App's private key", async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
    expect(await refusalOf({ privateKey: pem })).toEqual({
      code: 'unauthenticated',
      message: 'GitHub does not accept the App id with this private key.',
      hasHint: true,
    });
  });
});
