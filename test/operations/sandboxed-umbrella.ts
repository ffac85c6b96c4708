import { connectWithToken } from '../../src/github/connect-with-token.ts';
import type { OperationContext } from '../../src/operations/operation.ts';
import { addSubIssue } from '../../src/sandbox/actions/link-sub-issue.ts';
import { openIssue } from '../../src/sandbox/actions/open-issue.ts';
import { addCollaborator, addRepository, addUserToken, createWorld } from '../../src/sandbox/create-world.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.ts';
import type { IssueRecord, RepositoryRecord, World } from '../../src/sandbox/world.ts';

export const REPOSITORY = { owner: 'octo', repo: 'harbor' };
export const KEY = 'octo/harbor';

export const refOf = ({ number }: { readonly number: number }) => ({ ...REPOSITORY, number });
export const itemOf = ({ number }: { readonly number: number }) => ({ repository: KEY, number });

/** An umbrella with two children on a sandbox, and an operation's context of somebody who may write there. */
export interface SandboxedUmbrella {
  readonly world: World;
  readonly sandbox: Sandbox;
  readonly repository: RepositoryRecord;
  readonly umbrella: IssueRecord;
  readonly children: readonly [IssueRecord, IssueRecord];
  readonly context: OperationContext;
  /** Operations of the writes so far. */
  writes(): readonly (string | null)[];
}

export async function startSandboxedUmbrella(config: string | null = 'version: 1\n'): Promise<SandboxedUmbrella> {
  const world = createWorld();
  const files = config === null ? {} : { '.github/parasol.yml': config };
  const repository = addRepository(world, { owner: 'octo', name: 'harbor', files });
  addCollaborator(world, repository, 'kim', 'write');
  addUserToken(world, { token: 'kims-token', login: 'kim' });
  const open = (title: string) => openIssue(world, 'kim', { repository: KEY, title });
  const umbrella = open('Harbor opens');
  const children = [open('Build the pier'), open('Light the beacon')] as const;
  for (const child of children) addSubIssue(world, 'kim', { parent: itemOf(umbrella), child: itemOf(child) });
  const sandbox = await startSandbox({ world });
  const github = connectWithToken({ token: 'kims-token', apiUrl: sandbox.apiUrl, pace: 'sandbox' });
  return {
    world,
    sandbox,
    repository,
    umbrella,
    children,
    context: { github, now: () => world.now(), defaultRepository: REPOSITORY },
    writes: () => sandbox.requests.writes().map(({ operation }) => operation),
  };
}
