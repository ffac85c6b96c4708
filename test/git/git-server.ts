import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

export interface GitServer {
  readonly url: string;
  /** Requests that it refused, and those that it took. */
  readonly seen: { refused: number; taken: number };
  close(): Promise<void>;
}

/** git's own server for repositories below a folder, over http on this machine, for those who bring a token that it takes. */
export async function startGitServer(root: string, accepts: (token: string) => boolean): Promise<GitServer> {
  const program = join(spawnSync('git', ['--exec-path']).stdout.toString().trim(), 'git-http-backend');
  const seen = { refused: 0, taken: 0 };
  const server = createServer((request, response) => {
    const [, sent = ''] = (request.headers.authorization ?? '').split('Basic ');
    const [user, token = ''] = Buffer.from(sent, 'base64').toString().split(':');
    if (user !== 'x-access-token' || !accepts(token)) {
      seen.refused += 1;
      response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
      return;
    }
    seen.taken += 1;
    const { pathname, search } = new URL(request.url ?? '/', 'http://git');
    const backend = spawn(program, {
      env: {
        ...{ GIT_PROJECT_ROOT: root, GIT_HTTP_EXPORT_ALL: '1', PATH_INFO: pathname, QUERY_STRING: search.slice(1) },
        ...{ REQUEST_METHOD: request.method ?? 'GET', CONTENT_TYPE: request.headers['content-type'] ?? '' },
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
        GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
        ...{ GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', PATH: process.env.PATH },
        ...{ GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'safe.directory', GIT_CONFIG_VALUE_0: '*' },
      },
    });
    request.pipe(backend.stdin);
    const chunks: Buffer[] = [];
    backend.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    backend.on('close', () => {
      const answer = Buffer.concat(chunks);
      const at = answer.indexOf('\r\n\r\n');
      const headers = answer.subarray(0, at).toString('latin1').split('\r\n');
      const pairs = headers.map((line): [string, string] => [line.split(': ')[0] ?? '', line.split(': ')[1] ?? '']);
      const status = pairs.find(([name]) => name === 'Status')?.[1] ?? '200';
      response.writeHead(Number.parseInt(status, 10), Object.fromEntries(pairs.filter(([name]) => name !== 'Status')));
      response.end(answer.subarray(at + 4));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
