import type { MilestoneRecord, RepositoryRecord, World } from '../../../sandbox/world.ts';
import { trusted } from './cast.ts';

/** What the second half of the story is about: a milestone, and who works on it. */
export interface ReadinessCast {
  readonly repository: RepositoryRecord;
  readonly repositoryKey: string;
  readonly milestone: string;
  /** Those who may write, the most trusted first. */
  readonly people: readonly string[];
}

/** The open milestone that is due next and holds something; null for a world without one. */
export function castReadiness(world: World): ReadinessCast | null {
  const candidates = [...world.repositories].flatMap(([repositoryKey, repository]) =>
    [...repository.milestones.values()].flatMap((milestone) =>
      isAhead(milestone, repository) ? [{ repository, repositoryKey, milestone }] : [],
    ),
  );
  const [next] = candidates.toSorted((a, b) => ((a.milestone.dueOn ?? '') < (b.milestone.dueOn ?? '') ? -1 : 1));
  if (next === undefined) return null;
  return { ...next, milestone: next.milestone.title, people: trusted(world, next.repository) };
}

const isAhead = ({ state, dueOn, number }: MilestoneRecord, { issues }: RepositoryRecord): boolean =>
  state === 'open' && dueOn !== null && [...issues.values()].some(({ milestone }) => milestone === number);
