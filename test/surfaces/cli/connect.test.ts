import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { connectWithToken } from '../../../src/github/connect-with-token.ts';
import { loadRepository } from '../../../src/github/load-repository.ts';
import { warningsOnce } from '../../../src/surfaces/cli/connect.ts';
import { captureRun } from './captured-run.ts';

test('a GitHub that never answers is given up after a while, and said once to be silent', async () => {
  let asked = 0;
  const server = createServer(() => {
    asked += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  let stderr = '';
  const github = connectWithToken({
    token: 'kims-token',
    apiUrl: `http://127.0.0.1:${port}/api/v3`,
    pace: 'sandbox',
    timeoutMs: 60,
    patienceMs: 120,
    log: warningsOnce({ stderr: { write: (text) => (stderr += text) } }),
  });
  await expect(loadRepository(github, { owner: 'octo', repo: 'harbor' })).rejects.toMatchObject({
    code: 'github_unavailable',
  });
  server.closeAllConnections();
  server.close();
  expect(asked).toBeLessThanOrEqual(3);
  expect(stderr).toBe('GitHub has not answered for 0 s; it is asked again.\n');
});

test('doctor fails where GitHub cannot be reached, and blames no permission', async () => {
  const env = { GITHUB_API_URL: 'http://127.0.0.1:1/api/v3', GITHUB_TOKEN: 'x', GITHUB_REPOSITORY: 'octo/harbor' };
  const { exitCode, stdout, stderr } = await captureRun(['doctor'], { env });
  expect({ exitCode, stdout }).toEqual({ exitCode: 4, stdout: '' });
  expect(stderr).toMatch(/GitHub could not be reached/);
  expect(stderr).not.toContain('metadata');
}, 30_000);
