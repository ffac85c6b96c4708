/**
 * A repository with many issues behind a sandbox of its own process, for benchmarks that measure the reader alone:
 * prints its address as one line of JSON, answers each line on standard input with the number of requests since the last
 * one, and ends with its input.
 */
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { addSubIssue } from '../../src/sandbox/actions/link-sub-issue.ts';
import { openIssue } from '../../src/sandbox/actions/open-issue.ts';
import { advanceClock } from '../../src/sandbox/clock.ts';
import { addCollaborator, addRepository, addUserToken, createWorld } from '../../src/sandbox/create-world.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import type { World } from '../../src/sandbox/world.ts';

/** One umbrella and its children, half of them linked, half only said in words. */
const FAMILY = 20;
/** About what an issue of a large public repository holds. */
const TEXT = 'The gate must open in time, whatever the tide; see the notes of the harbour master.\n'.repeat(20);
const REPOSITORY = 'octo/harbor';

const { values } = parseArgs({
  options: { issues: { type: 'string', default: '10000' }, token: { type: 'string', default: 'kims-token' } },
});

const world = buildWorld(Number(values.issues));
addUserToken(world, { token: values.token, login: 'kim' });
// The naive client needs several hours of GitHub's limit; it is counted here, not held up.
const sandbox = await startSandbox({
  world,
  limits: { corePerHour: { anonymous: 60, user: 1_000_000, installation: 1_000_000 }, restPointsPerMinute: 1_000_000 },
});
console.log(JSON.stringify({ apiUrl: sandbox.apiUrl, repository: REPOSITORY }));
let counted = 0;
for await (const _line of createInterface({ input: process.stdin })) {
  const { length } = sandbox.requests.entries;
  console.log(JSON.stringify({ requests: length - counted }));
  counted = length;
}
await sandbox.close();

function buildWorld(issues: number): World {
  const built = createWorld();
  const repository = addRepository(built, { owner: 'octo', name: 'harbor' });
  addCollaborator(built, repository, 'kim', 'write');
  const keyOf = (number: number) => ({ repository: REPOSITORY, number });
  for (let n = 1; n <= issues; n += 1) {
    const place = (n - 1) % FAMILY;
    const parent = n - place;
    const said = place % 2 === 1 ? `Parent: #${parent}\n\n` : '';
    const title = place === 0 ? `Epic: gate ${n}` : `Part ${place} of gate ${parent}`;
    openIssue(built, 'kim', { repository: REPOSITORY, title, body: said + TEXT });
    if (place > 0 && place % 2 === 0) addSubIssue(built, 'kim', { parent: keyOf(parent), child: keyOf(n) });
    advanceClock(built, 60);
  }
  return built;
}
