import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, type Server } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import { harborWorld } from '../operations/harbor-world.ts';
import { newFolder, runBundle } from './run-bundle.ts';

/** A name that leads nowhere, so that only the proxy finds the way. */
const HOST = 'github.test';

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())));
  return (server.address() as AddressInfo).port;
}

/** The sandbox behind TLS, under the name, with a certificate of its own. */
async function startTls(sandboxUrl: string) {
  const folder = newFolder();
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', `/CN=${HOST}`, '-addext', `subjectAltName=DNS:${HOST}`];
  const command = [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    key,
    '-out',
    cert,
    '-days',
    '2',
    ...subject,
  ];
  execFileSync('openssl', command, { stdio: 'ignore' });
  const server = createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) }, (incoming, response) => {
    const { method = 'GET', headers, url = '/' } = incoming;
    const onward = request(new URL(url, sandboxUrl), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    incoming.pipe(onward);
  });
  const port = await listen(server);
  return { cert, port, url: `https://${HOST}:${port}` };
}

/** Tunnels to this machine whatever it is asked for, and remembers that. */
async function startProxy() {
  const asked: string[] = [];
  const server = createServer().on('connect', ({ url = '' }, socket) => {
    asked.push(url);
    const onward = connect(Number(url.split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    for (const end of [socket, onward]) end.on('error', () => socket.destroy());
  });
  return { asked, url: `http://127.0.0.1:${await listen(server)}` };
}

async function start() {
  const sandbox = await startSandbox({ world: harborWorld().world });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

const inputs = { command: 'rollup', umbrella: '#1' };

test('every request goes through the proxy that HTTPS_PROXY names', async () => {
  const sandbox = await start();
  const tls = await startTls(sandbox.url);
  const proxy = await startProxy();
  const server = { apiUrl: `${tls.url}/api/v3`, graphqlUrl: `${tls.url}/api/graphql` };
  const environment = { HTTPS_PROXY: proxy.url, NODE_EXTRA_CA_CERTS: tls.cert };
  const { code, outputs } = await runBundle({ inputs, server, environment });
  expect([code, outputs['percent-complete']]).toEqual([0, '33']);
  expect(new Set(proxy.asked)).toEqual(new Set([`${HOST}:${tls.port}`]));
});

test('hosts of NO_PROXY are reached without it', async () => {
  const server = await start();
  const proxy = await startProxy();
  const environment = { http_proxy: proxy.url, no_proxy: '127.0.0.1' };
  const { code, outputs } = await runBundle({ inputs, server, environment });
  expect([code, outputs['percent-complete'], proxy.asked]).toEqual([0, '33', []]);
});
