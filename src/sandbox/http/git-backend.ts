import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** One request to git's own HTTP server; everything as the client sent it. */
export interface GitRequest {
  readonly method: string;
  /** Of the repository below the root, then `/info/refs` or `/git-upload-pack`. */
  readonly path: string;
  /** Without a question mark. */
  readonly query: string;
  readonly headers: { readonly get: (name: string) => string | null };
  readonly body: Uint8Array;
}

export interface GitAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

let program: string | null = null;

/** Lets `git http-backend` answer for the bare repositories below a folder, without any configuration of the machine. */
export function askGitBackend(root: string, request: GitRequest): Promise<GitAnswer> {
  program ??= join(spawnSync('git', ['--exec-path']).stdout.toString().trim(), 'git-http-backend');
  const backend = spawn(program, { env: environmentOf(root, request), stdio: ['pipe', 'pipe', 'ignore'] });
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    backend.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    backend.once('error', reject);
    backend.once('close', () => resolve(readAnswer(Buffer.concat(chunks))));
    // It may answer before it has read everything.
    backend.stdin.on('error', () => undefined);
    backend.stdin.end(request.body);
  });
}

/** As RFC 3875 names what a server gateway passes on. */
function environmentOf(root: string, { method, path, query, headers }: GitRequest): NodeJS.ProcessEnv {
  const { PATH } = process.env;
  return {
    ...(PATH === undefined ? {} : { PATH }),
    GIT_PROJECT_ROOT: root,
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: path,
    QUERY_STRING: query,
    REQUEST_METHOD: method,
    CONTENT_TYPE: headers.get('content-type') ?? '',
    HTTP_CONTENT_ENCODING: headers.get('content-encoding') ?? '',
    GIT_PROTOCOL: headers.get('git-protocol') ?? '',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'safe.directory',
    GIT_CONFIG_VALUE_0: '*',
  };
}

function readAnswer(answer: Buffer): GitAnswer {
  const end = answer.indexOf('\r\n\r\n');
  if (end === -1) return { status: 500, headers: [], body: Buffer.from('git gave no answer\n') };
  const lines = answer.subarray(0, end).toString('latin1').split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const [name = '', ...value] = line.split(': ');
    return [name.toLowerCase(), value.join(': ')];
  });
  const status = Number.parseInt(headers.find(([name]) => name === 'status')?.[1] ?? '200', 10);
  return { status, headers: headers.filter(([name]) => name !== 'status'), body: answer.subarray(end + 4) };
}
