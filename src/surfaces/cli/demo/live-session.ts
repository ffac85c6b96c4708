import { formatRef, refKey, repositoryKey } from '../../../core/task/identity.ts';
import { advanceClock } from '../../../sandbox/clock.ts';
import type { World } from '../../../sandbox/world.ts';
import type { RefreshEvent } from '../../app/pipeline-options.ts';
import type { LiveControls, LiveRollup, LiveView, LogLine } from '../../dashboard/live-view.ts';
import { type Cast, castStory, inviteExtras } from './cast.ts';
import { findLiveItem } from './find-live-item.ts';
import { LIVE_EVENTS } from './live-events.ts';
import { SECONDS_BETWEEN_STEPS, tellStory } from './story.ts';

const MOST_LINES = 200;

/** What the live page looks at and what its buttons do, over one world. */
export interface LiveSession extends LiveControls {
  readonly noteRefresh: (event: RefreshEvent) => void;
  readonly note: (kind: LogLine['kind'], text: string) => void;
  readonly isOver: () => boolean;
  readonly stop: () => void;
}

interface LiveSessionOptions {
  /** What the page calls the world. */
  readonly name: string;
  /** Resolves when what a step set off is done, so that steps never overlap. */
  readonly settle: () => Promise<void>;
}

export function createLiveSession(world: World, { name, settle }: LiveSessionOptions): LiveSession {
  const stopping = new AbortController();
  const board = createBoard(world);
  const inTurn = createTurns();
  inviteExtras(world);
  const cast = castStory(world);
  const steps = [...tellStory(world, cast)];
  const total = steps.length;

  const play = async ({ said, act }: { readonly said: () => string; readonly act: () => void }): Promise<void> => {
    advanceClock(world, SECONDS_BETWEEN_STEPS);
    board.note('story', said());
    try {
      act();
      await settle();
    } catch (error) {
      board.note('failure', error instanceof Error ? error.message : String(error));
    }
  };
  return {
    view: (): LiveView => ({
      world: name,
      rollups: [...board.rollups.values()].toSorted(inOrder(cast)),
      log: board.lines,
      story: { done: total - steps.length, total, next: steps[0]?.said() ?? null },
      events: LIVE_EVENTS.map(({ name: event, label }) => ({ name: event, label })),
    }),
    item: (address) => findLiveItem(world, address),
    signal: stopping.signal,
    onChange: board.onChange,
    note: board.note,
    noteRefresh: board.noteRefresh,
    playNext: () =>
      inTurn(async () => {
        const step = steps.shift();
        if (step !== undefined) await play(step);
      }),
    playEvent: (event) =>
      inTurn(async () => {
        const happening = LIVE_EVENTS.find((one) => one.name === event)?.prepare(world, cast) ?? null;
        if (happening !== null) await play(happening);
        return happening !== null;
      }),
    isOver: () => steps.length === 0,
    stop: () => stopping.abort(),
  };
}

/** What happened so far, and who wants to hear of more. */
function createBoard(world: World) {
  const listeners = new Set<() => void>();
  const rollups = new Map<string, LiveRollup>();
  const lines: LogLine[] = [];
  const note = (kind: LogLine['kind'], text: string): void => {
    const [last] = lines;
    const isRepeated = last?.kind === kind && last.text === text;
    if (isRepeated) lines.shift();
    lines.unshift({ at: world.now(), kind, text, count: isRepeated ? last.count + 1 : 1 });
    lines.length = Math.min(lines.length, MOST_LINES);
    for (const listener of listeners) listener();
  };
  const noteRefresh = ({ result }: RefreshEvent): void => {
    if (result.outcome !== 'written') return;
    const key = refKey(result.umbrella);
    const version = (rollups.get(key)?.version ?? 0) + 1;
    rollups.set(key, { rollup: result.rollup, body: result.body, version });
    note('out', `rollup of ${formatRef(result.umbrella)} written`);
  };
  const onChange = (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return { rollups, lines, note, noteRefresh, onChange };
}

/** Runs pieces of work one after the other, in the order in which they were asked for. */
function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => {});
    return result;
  };
}

/** The story's umbrella first, the others by repository and number. */
const inOrder =
  ({ umbrella }: Cast) =>
  (a: LiveRollup, b: LiveRollup): number => {
    const rank = ({ rollup }: LiveRollup): string => {
      const { ref } = rollup.umbrella;
      const isStory = repositoryKey(ref) === umbrella.repository && ref.number === umbrella.number;
      return `${isStory ? 0 : 1} ${repositoryKey(ref)} ${String(ref.number).padStart(10, '0')}`;
    };
    return rank(a) < rank(b) ? -1 : 1;
  };
