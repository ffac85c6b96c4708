import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A process that is started, and then asks something of the server or ends. */
export interface Starter {
  readonly args: readonly string[];
  /** What of the environment it needs beside the address of the server. */
  readonly environment: Readonly<Record<string, string>>;
}

interface StartClock {
  /** Milliseconds from starting it to its first request. Throws where it ends without one. */
  readonly untilRequest: (starter: Starter) => Promise<number>;
  /** Milliseconds from starting it to its end. */
  readonly untilEnd: (args: readonly string[]) => Promise<number>;
  close(): void;
}

/** A GitHub that takes the time and answers nothing: whoever has asked is ended. */
export async function startClock(node: string): Promise<StartClock> {
  let asked: (at: number) => void = () => {};
  const server = createServer(() => asked(performance.now()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const places = { GITHUB_API_URL: `${url}/api/v3`, GITHUB_GRAPHQL_URL: `${url}/api/graphql`, GITHUB_SERVER_URL: url };
  return {
    untilRequest: async ({ args, environment }) => {
      const request = new Promise<number>((resolve) => {
        asked = resolve;
      });
      const startedAt = performance.now();
      const child = spawn(node, args, { env: { PATH: process.env.PATH, ...places, ...environment }, stdio: 'pipe' });
      const text: string[] = [];
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => text.push(String(chunk)));
      const ended = once(child, 'close');
      const at = await Promise.race([request, ended.then(() => null)]);
      child.kill('SIGKILL');
      await ended;
      if (at === null) throw new Error(`${args.join(' ')} asked for nothing:\n${text.join('').slice(0, 2000)}`);
      return at - startedAt;
    },
    untilEnd: async (args) => {
      const startedAt = performance.now();
      await once(spawn(node, args, { env: { PATH: process.env.PATH }, stdio: 'ignore' }), 'close');
      return performance.now() - startedAt;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
