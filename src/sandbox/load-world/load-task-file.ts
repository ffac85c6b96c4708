import { stringify } from 'yaml';
import { instantAt } from '../../core/instant-at.ts';
import { parseRef, type RepositoryRef, sameRef } from '../../core/task/identity.ts';
import { plannedIdOf } from '../../core/task/planned-id.ts';
import { addBlockedBy } from '../actions/block-issue.ts';
import { closeIssue } from '../actions/close-issue.ts';
import { LIMITS } from '../actions/limits.ts';
import { addSubIssue } from '../actions/link-sub-issue.ts';
import { openIssue } from '../actions/open-issue.ts';
import { requireRepository } from '../actions/place.ts';
import { WorldRefusal } from '../actions/world-refusal.ts';
import { DEFAULT_START, setClock } from '../clock.ts';
import { addCollaborator, addRepository, createWorld } from '../create-world.ts';
import { findIssue } from '../find-record.ts';
import type { ItemKey, World } from '../world.ts';
import { idGrammars } from './id-grammars.ts';
import { replaySteps, type Step } from './replay-steps.ts';
import { freeNumber, reservedNumbers } from './reserved-numbers.ts';
import { parseTaskRows, type TaskRow } from './task-row.ts';

export interface TaskFile {
  readonly path: string;
  readonly text: string;
  /** Name of the repository, under the owner `world`. */
  readonly repository: string;
}

const AUTHOR = 'planner';

/**
 * Makes one repository of a task file: an issue a row, titled `[id] title`, numbered in order of creation unless
 * its id is a number itself. Everything is replayed in order of time, and nothing is announced: nobody can listen yet.
 * The first parent counts.
 */
export function loadTaskFile(file: TaskFile): World {
  const rows = parseTaskRows(file.path, file.text);
  const times = rows.flatMap((row) => [row.createdAt, row.updatedAt, row.closedAt].flatMap((time) => time ?? []));
  const stamps = times.map((time) => Date.parse(time));
  const start = instantAt(stamps.reduce((one, other) => Math.min(one, other), Date.parse(DEFAULT_START)));
  const world = createWorld({ now: start });
  const ids = rows.map((row) => row.id);
  const grammars = idGrammars(ids);
  const files = { '.github/parasol.yml': stringify({ version: 1, tasks: { ids: grammars } }) };
  const repository = addRepository(world, { owner: 'world', name: file.repository, files });
  addCollaborator(world, repository, AUTHOR, 'admin');
  const load: Load = {
    world,
    repository: `world/${file.repository}`.toLowerCase(),
    keys: new Map(),
    numbers: reservedNumbers(ids),
  };
  const rowsById = new Map(rows.map((row) => [row.id, row]));
  const steps = rows.flatMap((row) => stepsOf(load, row, rowsById));
  replaySteps(world, steps);
  restoreUpdateTimes(load, rows);
  noteLostIds(load, ids, { grammars, defaultRepository: { owner: 'world', repo: file.repository } });
  setClock(world, stamps.length === 0 ? start : instantAt(stamps.reduce((one, other) => Math.max(one, other))));
  return world;
}

interface Load {
  readonly world: World;
  readonly repository: string;
  /** Task id to issue. */
  readonly keys: Map<string, ItemKey>;
  /** Task id to the number that its issue has to get. */
  readonly numbers: ReadonlyMap<string, number>;
}

function stepsOf(load: Load, row: TaskRow, rows: ReadonlyMap<string, TaskRow>): Step[] {
  const { world, keys } = load;
  const subject = row.id;
  const fail = (error: unknown) => noteRefusal(world, subject, error);
  const createdAt = timeOf(row);
  const bothExist = (id: string) => instantAt(Math.max(createdAt, timeOf(rows.get(id))));
  const [parent, ...furtherParents] = existing(load, row, { ids: row.parents ?? [], rows, role: 'parent' });
  for (const id of furtherParents) {
    note(world, subject, `also names the parent ${id}: an issue has one parent, and ${parent} comes first`);
  }
  const blockers = existing(load, row, { ids: row.blockedBy ?? [], rows, role: 'blocker' });
  const steps: Step[] = [{ at: instantAt(createdAt), rank: 'open', fail, run: () => openTask(load, row) }];
  if (parent !== undefined) {
    const run = () => void addSubIssue(world, AUTHOR, { parent: keyOf(keys, parent), child: keyOf(keys, row.id) });
    steps.push({ at: bothExist(parent), rank: 'link', fail, run });
  }
  for (const blocker of blockers) {
    const run = () => void addBlockedBy(world, AUTHOR, { blocked: keyOf(keys, row.id), blocker: keyOf(keys, blocker) });
    steps.push({ at: bothExist(blocker), rank: 'link', fail, run });
  }
  const reason = closingReason(row);
  if (reason !== null) {
    const at = Math.max(createdAt, Date.parse(row.closedAt ?? row.updatedAt ?? '') || createdAt);
    steps.push({
      at: instantAt(at),
      rank: 'close',
      fail,
      run: () => void closeIssue(world, AUTHOR, { item: keyOf(keys, row.id), reason }),
    });
  }
  return steps;
}

function openTask(load: Load, row: TaskRow): void {
  const { world, repository, numbers } = load;
  const title = cutTo(world, row.id, {
    text: `[${row.id}] ${row.title}`,
    limit: LIMITS.titleCharacters,
    what: 'title',
  });
  const body = cutTo(world, row.id, { text: row.body ?? '', limit: LIMITS.bodyCharacters, what: 'body' });
  const number = numbers.get(row.id) ?? freeNumber(requireRepository(world, repository), numbers);
  const text = { title, body, isForeignText: true };
  const issue = openIssue(world, AUTHOR, { repository, number, labels: labelsOf(row), ...text });
  load.keys.set(row.id, { repository, number: issue.number });
}

function labelsOf(row: TaskRow): string[] {
  const status = statusOf(row);
  const kind = row.kind ?? '';
  return [
    ...(row.labels ?? []),
    ...(kind === 'epic' ? ['epic'] : []),
    ...(kind === '' ? [] : [`kind:${kind}`]),
    ...(row.priority == null ? [] : [`priority:${row.priority}`]),
    ...(OPEN.has(status) || closingReason(row) !== null ? [] : [`status:${status}`]),
  ];
}

const OPEN = new Set(['', 'open', 'to do', 'todo', 'backlog']);
const COMPLETED = new Set(['closed', 'done', 'completed', 'complete', 'resolved']);
const NOT_PLANNED = new Set(["won't do", 'wontdo', "won't fix", 'wontfix', 'cancelled', 'canceled', 'not planned']);

function closingReason(row: TaskRow): 'completed' | 'not_planned' | null {
  const status = statusOf(row);
  if (NOT_PLANNED.has(status)) return 'not_planned';
  return COMPLETED.has(status) ? 'completed' : null;
}

/** Trackers that keep tasks in YAML leak its quotes: `"Done"`. */
function statusOf(row: TaskRow): string {
  return (row.status ?? '')
    .replace(/^"(.*)"$/, '$1')
    .trim()
    .toLowerCase();
}

function existing(
  { world }: Load,
  row: TaskRow,
  links: { readonly ids: readonly string[]; readonly rows: ReadonlyMap<string, TaskRow>; readonly role: string },
): string[] {
  return [...new Set(links.ids)].filter((id) => {
    if (links.rows.has(id)) return true;
    note(world, row.id, `names the ${links.role} ${id}, which is not in the file`);
    return false;
  });
}

function cutTo(
  world: World,
  subject: string,
  { text, limit, what }: { readonly text: string; readonly limit: number; readonly what: string },
): string {
  if (text.length <= limit) return text;
  note(world, subject, `its ${what} has ${text.length} characters and is cut after ${limit}`);
  return text.slice(0, limit);
}

/** Says which ids do not lead to their issue. */
function noteLostIds(
  { world, keys }: Load,
  ids: readonly string[],
  reading: { readonly grammars: readonly string[]; readonly defaultRepository: RepositoryRef },
): void {
  for (const id of ids) {
    const issue = findIssue(world, keyOf(keys, id));
    if (issue === null) continue;
    const advice = `name it by its number, #${issue.number}`;
    const address = parseRef(id, { defaultRepository: reading.defaultRepository, ids: [] });
    const own = { ...reading.defaultRepository, number: issue.number };
    if (address !== null && 'number' in address && !sameRef(address, own))
      note(world, id, `its id reads as the address of an issue: ${advice}`);
    if (plannedIdOf(issue, reading.grammars) !== id) note(world, id, `its id fits no grammar of ids: ${advice}`);
  }
}

function restoreUpdateTimes({ world, keys }: Load, rows: readonly TaskRow[]): void {
  for (const row of rows) {
    const issue = findIssue(world, keyOf(keys, row.id));
    if (issue !== null && row.updatedAt != null) issue.updatedAt = instantAt(Date.parse(row.updatedAt));
  }
}

function keyOf(keys: ReadonlyMap<string, ItemKey>, id: string): ItemKey {
  const key = keys.get(id);
  if (key === undefined) throw new WorldRefusal(422, `${id} could not be loaded`);
  return key;
}

function timeOf(row: TaskRow | undefined): number {
  return Date.parse(row?.createdAt ?? DEFAULT_START);
}

function noteRefusal(world: World, subject: string, error: unknown): void {
  if (!(error instanceof WorldRefusal)) throw error;
  note(world, subject, error.errors[0]?.message ?? error.message);
}

function note(world: World, subject: string, problem: string): void {
  world.loadConflicts.push({ subject, problem });
}
