import { once } from 'node:events';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { cleanUpOnSignals } from '../../git/clean-up-on-signals.ts';
import { buildMcpServer } from '../mcp/build-mcp-server.ts';
import type { CliIo, GlobalOptions } from './cli-io.ts';
import { connect } from './connect.ts';
import { packageVersion } from './package-root.ts';

/** Serves MCP on the process's standard input and output until the client closes it. Only the protocol goes to stdout. */
export async function runMcp(options: GlobalOptions, io: CliIo): Promise<void> {
  const version = packageVersion();
  const connection = await connect(options, io);
  const onBug = (error: unknown): void => {
    io.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  };
  const ended = untilEnd(io.signal);
  const settled = cleanUpOnSignals();
  const handle = serveStdio(() => buildMcpServer({ ...connection, version, onBug }), { onerror: onBug });
  try {
    await ended;
  } finally {
    await handle.close();
    await connection.close();
    settled();
  }
}

async function untilEnd(signal: AbortSignal | undefined): Promise<void> {
  const ended = once(process.stdin, 'end');
  await (signal === undefined ? ended : Promise.race([ended, once(signal, 'abort')]));
}
