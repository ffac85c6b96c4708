import { generateKeyPairSync } from 'node:crypto';
import { instantAt } from '../core/instant-at.ts';
import { DEFAULT_START, setClock } from './clock.ts';
import { addCommit } from './commit.ts';
import { createGitObjects } from './git/git-objects.ts';
import { linesOf } from './git/made-up-text.ts';
import { MERGE_METHODS } from './merge-methods.ts';
import { newIds, register } from './node-id.ts';
import type {
  AccountRecord,
  AppRecord,
  FileRecord,
  InstallationRecord,
  LabelRecord,
  MilestoneRecord,
  Permissions,
  RepositoryRecord,
  Role,
  TokenRecord,
  World,
} from './world.ts';

export { advanceClock, setClock } from './clock.ts';
export { findByDatabaseId, findByNodeId } from './node-id.ts';

/** An empty GitHub whose clock stands at `now` (UTC ISO-8601) until someone moves it. */
export function createWorld(options: { readonly now?: string } = {}): World {
  const world: World = {
    now: () => DEFAULT_START,
    accounts: new Map(),
    repositories: new Map(),
    issueFields: new Map(),
    apps: new Map(),
    installations: new Map(),
    tokens: new Map(),
    nextId: 1001,
    listeners: new Set(),
    nodes: new Map(),
    moved: new Map(),
    loadConflicts: [],
  };
  setClock(world, options.now ?? DEFAULT_START);
  return world;
}

/** How repositories are keyed and how `ItemKey.repository` is written: `owner/name` in lower case. */
export function repositoryKey(owner: string, name: string): string {
  return `${owner}/${name}`.toLowerCase();
}

export interface NewAccount {
  readonly login: string;
  readonly type?: AccountRecord['type'];
  readonly name?: string | null;
}

/** Accounts are keyed by login in lower case; an account that is there already comes back as it is. */
export function addAccount(world: World, input: NewAccount): AccountRecord {
  const existing = world.accounts.get(input.login.toLowerCase());
  if (existing !== undefined) return existing;
  const type = input.type ?? 'User';
  const record: AccountRecord = { ...newIds(world, type), login: input.login, type, name: input.name ?? null };
  world.accounts.set(input.login.toLowerCase(), record);
  register(world, { type, record });
  return record;
}

export interface NewRepository {
  readonly owner: string;
  readonly name: string;
  readonly visibility?: RepositoryRecord['visibility'];
  readonly defaultBranch?: string;
  readonly mergeMethods?: RepositoryRecord['mergeMethods'];
  readonly files?: Readonly<Record<string, string>>;
  readonly issueTypes?: readonly string[];
  readonly description?: string | null;
  readonly forkOf?: string;
}

/** Makes a repository whose default branch has one commit; its owner becomes an organization unless the account exists. */
export function addRepository(world: World, input: NewRepository): RepositoryRecord {
  const owner = addAccount(world, { login: input.owner, type: 'Organization' });
  const record: RepositoryRecord = {
    ...newIds(world, 'Repository'),
    owner: owner.login,
    name: input.name,
    visibility: input.visibility ?? 'public',
    defaultBranch: input.defaultBranch ?? 'main',
    mergeMethods: input.mergeMethods ?? MERGE_METHODS,
    collaborators: new Map(),
    labels: new Map(),
    milestones: new Map(),
    issueTypes: new Set(input.issueTypes ?? ['Task', 'Bug', 'Feature']),
    issues: new Map(),
    pullRequests: new Map(),
    commits: new Map(),
    branches: new Map(),
    tags: new Map(),
    releases: [],
    rules: new Map(),
    workflowRuns: [],
    objects: world.repositories.get(input.forkOf?.toLowerCase() ?? '')?.objects ?? createGitObjects(),
    files: new Map(Object.entries(input.files ?? {})),
    teams: new Map(),
    nextNumber: 1,
    createdAt: world.now(),
    forkOf: input.forkOf?.toLowerCase() ?? null,
    description: input.description ?? null,
    pushedAt: world.now(),
  };
  if (owner.type === 'User') record.collaborators.set(owner.login, 'admin');
  world.repositories.set(repositoryKey(owner.login, input.name), record);
  register(world, { type: 'Repository', record });
  const root = addCommit(
    world,
    record,
    { message: 'Initial commit', author: owner.login, files: firstFiles(input) },
    [],
  );
  record.branches.set(record.defaultBranch, root.sha);
  return record;
}

function firstFiles({ files = {} }: NewRepository): readonly FileRecord[] {
  return Object.entries(files).map(([path, text]) => ({
    path,
    previousPath: null,
    status: 'added',
    additions: linesOf(text).length,
    deletions: 0,
    text,
  }));
}

/** Gives a person a role in a repository, making the account when there is none. */
export function addCollaborator(world: World, repository: RepositoryRecord, login: string, role: Role): void {
  repository.collaborators.set(addAccount(world, { login }).login, role);
}

export interface NewLabel {
  readonly name: string;
  readonly color?: string;
  readonly description?: string | null;
}

/** Labels are keyed by name in lower case, as GitHub compares them; an existing one comes back as it is. */
export function addLabel(world: World, repository: RepositoryRecord, input: NewLabel): LabelRecord {
  const existing = repository.labels.get(input.name.toLowerCase());
  if (existing !== undefined) return existing;
  const record: LabelRecord = {
    ...newIds(world, 'Label'),
    name: input.name,
    color: input.color ?? 'ededed',
    description: input.description ?? null,
  };
  repository.labels.set(input.name.toLowerCase(), record);
  register(world, { type: 'Label', repository, record });
  return record;
}

export interface NewMilestone {
  readonly title: string;
  readonly dueOn?: string | null;
  readonly state?: MilestoneRecord['state'];
}

/** Adds a milestone under the repository's next free milestone number. */
export function addMilestone(world: World, repository: RepositoryRecord, input: NewMilestone): MilestoneRecord {
  const record: MilestoneRecord = {
    ...newIds(world, 'Milestone'),
    number: repository.milestones.size + 1,
    title: input.title,
    state: input.state ?? 'open',
    dueOn: input.dueOn ?? null,
    createdAt: world.now(),
  };
  repository.milestones.set(record.number, record);
  register(world, { type: 'Milestone', repository, record });
  return record;
}

export interface NewApp {
  readonly slug: string;
  readonly name?: string;
  readonly owner?: string;
  readonly permissions: Permissions;
  readonly events: readonly string[];
  readonly webhookUrl?: string | null;
  readonly webhookSecret?: string;
  /** SPKI PEM. Without it a key pair is made and the private half kept in `privateKey`. */
  readonly publicKey?: string;
}

/** Registers an App and its bot account `<slug>[bot]`. */
export function addApp(world: World, input: NewApp): AppRecord {
  const keys = input.publicKey === undefined ? makeKeyPair() : { publicKey: input.publicKey, privateKey: null };
  const record: AppRecord = {
    id: world.nextId++,
    slug: input.slug,
    name: input.name ?? input.slug,
    owner: addAccount(world, { login: input.owner ?? 'parasol', type: 'Organization' }).login,
    ...keys,
    permissions: input.permissions,
    events: input.events,
    webhookUrl: input.webhookUrl ?? null,
    webhookSecret: input.webhookSecret ?? '',
  };
  world.apps.set(record.id, record);
  addAccount(world, { login: `${input.slug}[bot]`, type: 'Bot' });
  return record;
}

export interface NewInstallation {
  readonly appId: number;
  readonly account: string;
  readonly permissions?: Permissions;
  /** `owner/name` of each, or `all` of the account. */
  readonly repositories?: 'all' | readonly string[];
}

/** Installs an App without announcing it; `actions/installations.ts` has the announced way. */
export function addInstallation(world: World, input: NewInstallation): InstallationRecord {
  const repositories = input.repositories ?? 'all';
  const record: InstallationRecord = {
    id: world.nextId++,
    appId: input.appId,
    account: addAccount(world, { login: input.account, type: 'Organization' }).login,
    permissions: input.permissions ?? world.apps.get(input.appId)?.permissions ?? {},
    repositories: repositories === 'all' ? 'all' : new Set(repositories.map((key) => key.toLowerCase())),
    createdAt: world.now(),
  };
  world.installations.set(record.id, record);
  return record;
}

export interface NewUserToken {
  readonly token: string;
  readonly login: string;
  readonly permissions?: Permissions | null;
  /** Of a classic token, such as `repo`; without them it has every scope. */
  readonly scopes?: readonly string[];
  readonly expiresAt?: string | null;
}

/** A personal token; without `permissions` it may do everything the person may. */
export function addUserToken(world: World, input: NewUserToken): TokenRecord {
  const record: TokenRecord = {
    kind: 'user',
    login: addAccount(world, { login: input.login }).login,
    installationId: null,
    permissions: input.permissions ?? null,
    ...(input.scopes && { scopes: input.scopes }),
    expiresAt: input.expiresAt ?? null,
  };
  world.tokens.set(input.token, record);
  return record;
}

export interface NewInstallationToken {
  readonly installationId: number;
  readonly token: string;
  readonly permissions?: Permissions;
  /** Default: one hour, as on GitHub. */
  readonly lifetimeSeconds?: number;
}

/** Records an installation token; its permissions default to all that the installation was granted. */
export function addInstallationToken(world: World, input: NewInstallationToken): TokenRecord {
  const installation = world.installations.get(input.installationId);
  const app = world.apps.get(installation?.appId ?? 0);
  const record: TokenRecord = {
    kind: 'installation',
    login: `${app?.slug ?? 'unknown'}[bot]`,
    installationId: input.installationId,
    permissions: input.permissions ?? installation?.permissions ?? {},
    expiresAt: instantAt(Date.parse(world.now()) + (input.lifetimeSeconds ?? 3600) * 1000),
  };
  world.tokens.set(input.token, record);
  return record;
}

function makeKeyPair(): { publicKey: string; privateKey: string } {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}
