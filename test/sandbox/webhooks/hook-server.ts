import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Received {
  readonly event: string;
  readonly guid: string;
  readonly signature: string;
  readonly userAgent: string;
  readonly body: string;
}

export interface HookServer {
  readonly url: string;
  readonly received: Received[];
  close(): Promise<void>;
}

/** A hook on a free port that remembers what arrives and answers as told. */
export async function startHook(answer: (received: Received) => number | 'never' = () => 200): Promise<HookServer> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const header = (name: string) => String(request.headers[name] ?? '');
    const one = {
      event: header('x-github-event'),
      guid: header('x-github-delivery'),
      signature: header('x-hub-signature-256'),
      userAgent: header('user-agent'),
      body: await text(request),
    };
    received.push(one);
    const status = answer(one);
    if (status !== 'never') response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}/`,
    received,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
