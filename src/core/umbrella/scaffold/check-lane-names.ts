import type { TemplateProblem } from './file-place.ts';
import type { LaneTemplate } from './lane-template.ts';

/**
 * Names that a task cannot be found again by, or a person cannot type: of lanes that have tasks, each must be one line of
 * plain text without commas, and differ from the others by more than case, as labels on GitHub do.
 */
export function problemsOfLaneNames(lanes: readonly LaneTemplate[]): readonly TemplateProblem[] {
  const seen = new Map<string, LaneTemplate>();
  return lanes.flatMap((lane) => {
    const key = lane.name.toLowerCase();
    const twin = seen.get(key);
    seen.set(key, twin ?? lane);
    // One that only has labels may stand beside a file of its name in another case by mistake, too.
    if (twin !== undefined) return [twinProblem(lane, twin)];
    return lane.tasks.length === 0 || NAME.test(lane.name) ? [] : [nameProblem(lane)];
  });
}

/** No control characters, halves of characters or spaces at either end. */
const NAME = /^[^\s\p{Cc}\p{Cs},](?:[^\p{Cc}\p{Cs},]*[^\s\p{Cc}\p{Cs},])?$/u;

function twinProblem({ name, place }: LaneTemplate, twin: LaneTemplate): TemplateProblem {
  const message = `the lanes \`${twin.name}\` (${twin.place.path}, line ${twin.place.line}) and \`${name}\` differ only in case`;
  return { ...place, message, fix: 'Spell both alike, or rename one.' };
}

const nameProblem = ({ name, place }: LaneTemplate): TemplateProblem => ({
  ...place,
  message: `\`${JSON.stringify(name).slice(1, -1)}\` cannot be the name of a lane that has tasks`,
  fix: 'Give it a name of one line without commas and without spaces at its ends.',
});
