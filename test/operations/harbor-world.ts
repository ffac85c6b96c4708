import { connectWithToken } from '../../src/github/connect-with-token.ts';
import type { OperationContext } from '../../src/operations/operation.ts';
import { addBlockedBy } from '../../src/sandbox/actions/block-issue.ts';
import { closeIssue } from '../../src/sandbox/actions/close-issue.ts';
import { addSubIssue } from '../../src/sandbox/actions/link-sub-issue.ts';
import { openIssue } from '../../src/sandbox/actions/open-issue.ts';
import {
  addAccount,
  addCollaborator,
  addLabel,
  addRepository,
  addUserToken,
  createWorld,
} from '../../src/sandbox/create-world.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.ts';
import type { RepositoryRecord, World } from '../../src/sandbox/world.ts';

export const REPOSITORY = 'octo/harbor';

/** `octo/harbor`: umbrella #1 with a done child #2, an open one #3, and #4 which waits for #3; #5 is an empty umbrella. */
export function harborWorld({ files = {} }: { readonly files?: Readonly<Record<string, string>> } = {}): {
  readonly world: World;
  readonly repository: RepositoryRecord;
} {
  const world = createWorld({ now: '2026-03-02T09:00:00Z' });
  addAccount(world, { login: 'octo', type: 'Organization' });
  const repository = addRepository(world, { owner: 'octo', name: 'harbor', files });
  addCollaborator(world, repository, 'kim', 'admin');
  addCollaborator(world, repository, 'ravi', 'write');
  for (const name of ['umbrella', 'lane:api', 'lane:docs', 'blocked']) addLabel(world, repository, { name });
  const open = (title: string, labels: readonly string[] = []) =>
    openIssue(world, 'kim', { repository: REPOSITORY, title, labels });
  open('P1.M1: Tides service', ['umbrella']);
  open('P1.M1.T1: Draw the schema', ['lane:api']);
  open('P1.M1.T2: Serve the tides', ['lane:api']);
  open('P1.M1.T3: Tell the captains', ['lane:docs']);
  open('Lighthouse', ['umbrella']);
  for (const number of [2, 3, 4]) addSubIssue(world, 'kim', { parent: item(1), child: item(number) });
  closeIssue(world, 'kim', { item: item(2) });
  addBlockedBy(world, 'kim', { blocked: item(4), blocker: item(3) });
  addUserToken(world, { token: 'kims-token', login: 'kim' });
  return { world, repository };
}

export const item = (number: number) => ({ repository: REPOSITORY, number });

export interface Reached {
  readonly sandbox: Sandbox;
  readonly context: OperationContext;
}

/** The world served over loopback, and what an operation run by kim (or by nobody) gets of it. */
export async function reach(world: World, token: string | null = 'kims-token'): Promise<Reached> {
  const sandbox = await startSandbox({ world });
  const github = connectWithToken({
    token,
    apiUrl: sandbox.apiUrl,
    graphqlUrl: sandbox.graphqlUrl,
    pace: 'sandbox',
  });
  const defaultRepository = { owner: 'octo', repo: 'harbor' };
  return { sandbox, context: { github, defaultRepository, now: () => world.now() } };
}
