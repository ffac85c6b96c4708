import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { askGitBackend } from '../../src/sandbox/http/git-backend.ts';

export interface GitServer {
  readonly url: string;
  /** Requests that it refused, and those that it took. */
  readonly seen: { refused: number; taken: number };
  close(): Promise<void>;
}

/** git's own server for repositories below a folder, over http on this machine, for those who bring a token that it takes. */
export async function startGitServer(root: string, accepts: (token: string) => boolean): Promise<GitServer> {
  const seen = { refused: 0, taken: 0 };
  const server = createServer(async (request, response) => {
    const [, sent = ''] = (request.headers.authorization ?? '').split('Basic ');
    const [user, token = ''] = Buffer.from(sent, 'base64').toString().split(':');
    if (user !== 'x-access-token' || !accepts(token)) {
      seen.refused += 1;
      response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
      return;
    }
    seen.taken += 1;
    const { pathname, search } = new URL(request.url ?? '/', 'http://git');
    const headers = { get: (name: string) => request.headers[name]?.toString() ?? null };
    const asked = { method: request.method ?? 'GET', path: pathname, query: search.slice(1), headers };
    const answer = await askGitBackend(root, { ...asked, body: await buffer(request) });
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
