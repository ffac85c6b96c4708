import type { RepositoryRecord } from '../world.ts';
import type { Entry } from './story.ts';

/** The number of the milestone with that title; null when the entry names none. */
export function findMilestone(entry: Entry, repository: RepositoryRecord, title: string | undefined): number | null {
  if (title === undefined) return null;
  const found = [...repository.milestones.values()].find((milestone) => milestone.title === title);
  if (found !== undefined) return found.number;
  const hint = "Add it under the repository's `milestones`, or correct the title.";
  throw entry.story.parsed.problem([...entry.path, 'milestone'], `there is no milestone "${title}"`, hint);
}
