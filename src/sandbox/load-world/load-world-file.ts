import { DEFAULT_START, setClock } from '../clock.ts';
import { ensureBranch } from '../commit.ts';
import {
  addAccount,
  addApp,
  addCollaborator,
  addInstallation,
  addLabel,
  addMilestone,
  addRepository,
  addUserToken,
  createWorld,
} from '../create-world.ts';
import { findRepository } from '../find-record.ts';
import { addIssueField } from '../issue-fields.ts';
import type { ItemKey, RepositoryRecord, World } from '../world.ts';
import { filesBefore } from './files-before.ts';
import { planIssue } from './issue-steps.ts';
import { parseWorldFile } from './parse-world-file.ts';
import { planPullRequest } from './pull-request-steps.ts';
import { resolveTime } from './relative-time.ts';
import { planReleases } from './release-steps.ts';
import { replaySteps } from './replay-steps.ts';
import { planRuns } from './run-steps.ts';
import { type Entry, requireLogin, type Story } from './story.ts';
import type { IssueEntry, PullRequestEntry, RepositoryEntry, WorldFile } from './world-file-schema.ts';

/**
 * Builds a world by telling its story: accounts and repositories first, then everything that the entries say happened,
 * in order of time and through the same actions that the sandbox's API uses. Nothing is announced.
 */
export function loadWorldFile(input: {
  readonly path: string;
  readonly text: string;
  readonly now: string | null;
}): World {
  const parsed = parseWorldFile(input.path, input.text);
  const { file } = parsed;
  const now = input.now ?? file.now ?? DEFAULT_START;
  const world = createWorld({ now });
  const story: Story = { world, parsed, now: world.now(), steps: [] };
  for (const [login, name] of Object.entries(file.owners)) addAccount(world, { login, name, type: 'Organization' });
  for (const [login, user] of Object.entries(file.users)) addPerson(world, login, user);
  addIssueFields(story, file);
  const repositories = Object.entries(file.repositories).map(([name, entry]) => ({
    name,
    entry,
    record: makeRepository(story, name, entry),
  }));
  const items = repositories.flatMap((repository) => collectItems(story, repository));
  const openings = new Map(items.map(({ entry }) => [nameOf(entry.key), entry.openedAt]));
  for (const { entry, plan } of items) plan(entry, openings);
  for (const { name, entry, record } of repositories) {
    planReleases(story, { name, entry, record });
    planRuns(story, { name, entry, record });
  }
  replaySteps(world, story.steps);
  setClock(world, now);
  addAccess(story, file);
  return world;
}

function addPerson(world: World, login: string, user: WorldFile['users'][string]): void {
  const { name = null, busy = false, status = null } = typeof user === 'string' ? { name: user } : user;
  const account = addAccount(world, { login, name, type: login.endsWith('[bot]') ? 'Bot' : 'User' });
  if (busy || status !== null) account.status = { message: status, isBusy: busy };
}

function addIssueFields(story: Story, { issue_fields }: WorldFile): void {
  const { world, parsed } = story;
  for (const [owner, fields] of Object.entries(issue_fields)) {
    const path = ['issue_fields', owner];
    const account = world.accounts.get(requireLogin(story, path, owner).toLowerCase());
    if (account?.type !== 'Organization') {
      throw parsed.problem(path, 'is a person', 'Only organizations have issue fields: name one of `owners`.');
    }
    for (const [name, field] of Object.entries(fields)) {
      addIssueField(world, { owner, name, ...(typeof field === 'string' ? { type: field } : field) });
    }
  }
}

interface NamedRepository {
  readonly name: string;
  readonly entry: RepositoryEntry;
  readonly record: RepositoryRecord;
}

interface PlannedItem {
  readonly entry: Entry;
  readonly plan: (entry: Entry, openings: ReadonlyMap<string, string>) => void;
}

function makeRepository(story: Story, fullName: string, entry: RepositoryEntry): RepositoryRecord {
  const { world, parsed, now } = story;
  const path = ['repositories', fullName];
  const [owner = '', name = ''] = fullName.split('/');
  requireLogin(story, path, owner);
  if (entry.fork_of !== undefined && findRepository(world, entry.fork_of) === null) {
    throw parsed.problem([...path, 'fork_of'], `there is no ${entry.fork_of} yet`, 'Put the fork after its source.');
  }
  setClock(world, resolveTime(entry.created, now));
  const record = addRepository(world, {
    owner,
    name,
    visibility: entry.visibility,
    defaultBranch: entry.default_branch,
    mergeMethods: entry.merge_methods,
    files: filesBefore(entry, now),
    description: entry.description ?? null,
    ...(entry.fork_of === undefined ? {} : { forkOf: entry.fork_of }),
    ...(entry.issue_types === undefined ? {} : { issueTypes: entry.issue_types }),
  });
  furnish(story, record, entry);
  return record;
}

function furnish({ world, now }: Story, record: RepositoryRecord, entry: RepositoryEntry): void {
  for (const [login, role] of Object.entries(entry.collaborators)) addCollaborator(world, record, login, role);
  for (const [slug, members] of Object.entries(entry.teams)) record.teams.set(slug, members);
  for (const [name, label] of Object.entries(entry.labels)) {
    const { color = 'ededed', description = null } = typeof label === 'string' ? { color: label } : label;
    addLabel(world, record, { name, color, description });
  }
  for (const { title, due, state } of entry.milestones) {
    addMilestone(world, record, { title, state, dueOn: due === undefined ? null : resolveTime(due, now) });
  }
  for (const branch of entry.branches) ensureBranch(record, branch);
  const { required_checks: told, required_approvals: approvals, default_branch: main } = entry;
  const checks = Array.isArray(told) ? { [main]: told } : told;
  for (const branch of new Set([main, ...Object.keys(checks), ...Object.keys(entry.branch_rules)])) {
    const rules = { checks: checks[branch] ?? [], approvals: branch === main ? approvals : 0 };
    const merging = entry.branch_rules[branch];
    if (rules.checks.length + rules.approvals === 0 && merging === undefined) continue;
    record.rules.set(branch, { ...rules, ...(merging === undefined ? {} : mergeRulesOf(merging)) });
  }
}

const mergeRulesOf = (told: RepositoryEntry['branch_rules'][string]) => ({
  isLinear: told.linear_history,
  isProtection: told.protection,
  bindsAdministrators: told.include_administrators,
  ...(told.merge_methods === undefined ? {} : { mergeMethods: told.merge_methods }),
});

/** The items of a repository with their numbers; those without one get the next that is free, in the file's order. */
function collectItems(story: Story, { name, entry, record }: NamedRepository): PlannedItem[] {
  const { parsed, now } = story;
  const taken = new Set<number>();
  const makeEntry = (kind: 'issues' | 'pull_requests', index: number, item: IssueEntry | PullRequestEntry): Entry => {
    const path = ['repositories', name, kind, index];
    const key = { repository: name.toLowerCase(), number: item.number ?? nextFree(taken, entry) };
    if (taken.has(key.number)) throw parsed.problem(path, `the number ${key.number} is taken`, 'Give another one.');
    taken.add(key.number);
    return { story, path, key, openedAt: resolveTime(item.opened ?? entry.created, now) };
  };
  const issues = entry.issues.map((issue, index) => ({
    entry: makeEntry('issues', index, issue),
    plan: (one: Entry, openings: ReadonlyMap<string, string>) =>
      planIssue(one, issue, { repository: record, openings }),
  }));
  const pulls = entry.pull_requests.map((pull, index) => ({
    entry: makeEntry('pull_requests', index, pull),
    plan: (one: Entry) => planPullRequest(one, pull, { repository: record, siblings: entry.pull_requests }),
  }));
  return [...issues, ...pulls];
}

function nextFree(taken: ReadonlySet<number>, entry: RepositoryEntry): number {
  const given = new Set([...entry.issues, ...entry.pull_requests].map(({ number }) => number));
  let number = 1;
  while (taken.has(number) || given.has(number)) number += 1;
  return number;
}

function addAccess(story: Story, file: WorldFile): void {
  const { world } = story;
  for (const [slug, entry] of Object.entries(file.apps)) {
    const { id } = addApp(world, {
      slug,
      permissions: entry.permissions,
      events: entry.events,
      ...(entry.name === undefined ? {} : { name: entry.name }),
      ...(entry.owner === undefined ? {} : { owner: entry.owner }),
      ...(entry.webhook_secret === undefined ? {} : { webhookSecret: entry.webhook_secret }),
    });
    for (const { account, repositories, permissions } of entry.installations) {
      addInstallation(world, {
        appId: id,
        account,
        repositories,
        ...(permissions === undefined ? {} : { permissions }),
      });
    }
  }
  for (const [token, owner] of Object.entries(file.tokens)) {
    const { login, permissions } = typeof owner === 'string' ? { login: owner, permissions: null } : owner;
    addUserToken(world, { token, login: requireLogin(story, ['tokens', token], login), permissions });
  }
}

const nameOf = ({ repository, number }: ItemKey) => `${repository}#${number}`;
