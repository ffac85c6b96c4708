import { WorldRefusal } from '../actions/world-refusal.ts';
import type { ItemKey, World } from '../world.ts';
import type { FilePath, ParsedWorldFile } from './parse-world-file.ts';
import { resolveTime } from './relative-time.ts';
import type { Rank, Step } from './replay-steps.ts';
import type { ItemEntry } from './world-file-schema.ts';

/** A world file while it is being told: what its entries mean, and a way to say when something happens. */
export interface Story {
  readonly world: World;
  readonly parsed: ParsedWorldFile;
  readonly now: string;
  readonly steps: Step[];
}

/** One entry of the file: where it stands and which item it becomes. */
export interface Entry {
  readonly story: Story;
  readonly path: FilePath;
  readonly key: ItemKey;
  /** Resolved time of its opening; nothing in it can happen earlier. */
  readonly openedAt: string;
}

/** Plans something that happens to an entry's item; `time` as the file writes it, the opening otherwise. */
export function plan(
  entry: Entry,
  field: string,
  step: { readonly time?: string | undefined; readonly at?: string; readonly rank: Rank; readonly run: () => void },
): void {
  const { story } = entry;
  const path = [...entry.path, field];
  const at = step.at ?? (step.time === undefined ? entry.openedAt : resolveTime(step.time, story.now));
  const { problem } = story.parsed;
  if (at < entry.openedAt) throw problem(path, 'happens before the item is opened', 'Give it a later time.');
  planAt(story, path, { at, rank: step.rank, run: step.run });
}

/** Plans something that happens to a repository rather than to one of its items. */
export function planAt(story: Story, path: FilePath, { at, rank, run }: Pick<Step, 'at' | 'rank' | 'run'>): void {
  const { problem } = story.parsed;
  if (at > story.now) throw problem(path, 'happens in the future', 'Give it a time before `now`.');
  const fail = (error: unknown) => {
    if (!(error instanceof WorldRefusal)) throw error;
    const reason = error.errors[0]?.message ?? error.message;
    throw problem(path, `GitHub would refuse: ${reason}`, 'Change the entry so that GitHub would allow it.', error);
  };
  story.steps.push({ at, rank, run, fail });
}

/** The item that a reference names: a number is one of the same repository. */
export function resolveItem(entry: { readonly key: ItemKey }, reference: ItemEntry): ItemKey {
  if (typeof reference === 'number') return { repository: entry.key.repository, number: reference };
  const [repository = '', number = ''] = reference.split('#');
  return { repository: (repository || entry.key.repository).toLowerCase(), number: Number(number) };
}

/** A login that the file introduces; anything else is a slip of the pen. */
export function requireLogin(story: Story, path: FilePath, login: string): string {
  const account = story.world.accounts.get(login.toLowerCase());
  if (account !== undefined) return account.login;
  throw story.parsed.problem(path, `nobody is called "${login}"`, 'Add the login under `users`, or correct it.');
}
