import type { Presence } from '../../src/core/readiness/presence/presence.ts';
import { resolveBase } from '../../src/git/list-heads.ts';
import { loadPresence } from '../../src/git/load-presence.ts';
import { readFirstParents } from './first-parents.ts';
import { type Plant, type PlantOptions, plantSilentReverts, WAYS } from './plant-silent-reverts.ts';
import { withRepository } from './trial-samples.ts';

export type PresenceSource = PlantOptions;

interface PresenceFigures {
  readonly rows: readonly (readonly [string, string])[];
  readonly figures: Readonly<
    Record<'presentRecall' | 'presentFalseAlarms' | 'presentMerges' | 'presentPlants', number>
  >;
}

/** Over all sources together. What was missed and what was an alarm is told on the way. */
export async function measurePresence(
  sources: readonly PresenceSource[],
  progress: (text: string) => void,
): Promise<PresenceFigures> {
  const plants: Asked[] = [];
  const merges: Asked[] = [];
  let [unread, seconds] = [0, 0];
  for (const source of sources) {
    const planted = await plantSilentReverts(source);
    progress(`${planted.length} planted`);
    plants.push(...(await askPlanted(source.folder, planted)));
    const real = await askMerges(source);
    merges.push(...real.asked);
    unread += real.unread;
    seconds += real.seconds;
  }
  const missed = plants.filter(({ isFound }) => !isFound);
  const alarms = merges.filter(({ presence }) => presence.state === 'undone');
  for (const { text } of missed) progress(`MISSED ${text}`);
  for (const { text } of alarms) progress(`ALARM ${text}`);
  return {
    rows: [
      ['silent reverts planted', `${plants.length}, found ${plants.length - missed.length}`],
      ...WAYS.map((way): readonly [string, string] => {
        const own = plants.filter((asked) => asked.way === way);
        return [`  ${way}`, `${own.length}, found ${own.filter(({ isFound }) => isFound).length}`];
      }),
      ['merges asked about', `${merges.length} in ${Math.round(seconds * 10) / 10} s, ${alarms.length} called undone`],
      ...tally(merges),
      ['  commits that cannot be read', `${unread}`],
    ],
    figures: {
      presentRecall: ratio(plants.length - missed.length, plants.length),
      presentFalseAlarms: ratio(alarms.length, merges.length),
      presentMerges: merges.length,
      presentPlants: plants.length,
    },
  };
}

interface Asked {
  readonly presence: Presence;
  readonly text: string;
  readonly way: string;
  /** Whether it is called undone, by the very commit that was planted. */
  readonly isFound: boolean;
}

/** Asks about the victim of every plant, on the base that it was planted in. */
async function askPlanted(folder: string, plants: readonly Plant[]): Promise<readonly Asked[]> {
  return withRepository(folder, async (repository) => {
    const asked: Asked[] = [];
    for (const plant of plants) {
      const base = await resolveBase(repository, plant.tip);
      const changes = [changeOf(1, plant.victim, plant.mergedAt)];
      const { presences } = await loadPresence(repository, { base, changes, ignore: [] });
      const presence = presences[0] ?? UNKNOWN;
      const isFound = presence.state === 'undone' && presence.by.sha === plant.by;
      asked.push({ presence, isFound, way: plant.way, text: JSON.stringify([presence.state, plant]) });
    }
    return asked;
  });
}

interface AskedMerges {
  readonly asked: readonly Asked[];
  readonly unread: number;
  readonly seconds: number;
}

/** Asks about every commit of the real base's first parents, as a merged change. */
async function askMerges({ source, base: name, steps }: PresenceSource): Promise<AskedMerges> {
  const line = readFirstParents(source, name, steps);
  const start = performance.now();
  const { presences, unread } = await withRepository(source, async (repository) => {
    const changes = line.map(({ sha, at }, index) => changeOf(index + 1, sha, at));
    return loadPresence(repository, { base: await resolveBase(repository, name), changes, ignore: [] });
  });
  const seconds = (performance.now() - start) / 1000;
  const asked = line.map(({ sha, message }, index): Asked => {
    const presence = presences[index] ?? UNKNOWN;
    const text = JSON.stringify([sha, message.split('\n').slice(0, 3).join(' '), presence]);
    return { presence, text, way: '', isFound: false };
  });
  return { asked, unread: unread.length, seconds };
}

const UNKNOWN: Presence = { state: 'unknown', gap: { cause: 'unavailable', what: 'no answer' } };

const changeOf = (number: number, mergeCommitSha: string, mergedAt: string) => ({
  ...{ ref: { owner: 'octo', repo: 'harbor', number }, mergeCommitSha, headSha: null, mergedAt, title: '' },
});

function tally(asked: readonly Asked[]): readonly (readonly [string, string])[] {
  const states = [...new Set(asked.map(({ presence }) => presence.state))].sort();
  return states.map((state) => [`  ${state}`, `${asked.filter(({ presence }) => presence.state === state).length}`]);
}

const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 10_000);
