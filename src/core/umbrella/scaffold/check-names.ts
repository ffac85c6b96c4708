import { nearestName } from '../../nearest-name.ts';
import type { TaskDraft } from './draft-tasks.ts';
import type { Placed, TemplateProblem } from './file-place.ts';
import type { KnownNames } from './scaffold-facts.ts';
import { uniqueBy } from './unique-by.ts';

/**
 * Names that GitHub does not have, of the tasks that are to be made. A lane's own label is none of them where the reader
 * may make it: the plan does. Any other missing label may be a slip of the pen, and is not made.
 */
export function problemsOfNames(
  drafts: readonly TaskDraft[],
  names: KnownNames,
  repository: string,
): readonly TemplateProblem[] {
  const problems = drafts.flatMap((draft) => [
    ...draft.assignees.filter(isUnknown(names.assignable)).map((login) => unassignable(login, repository)),
    ...listOf(draft.milestone)
      .filter(isUnknown(names.openMilestones))
      .map((title) => noMilestone(title, repository)),
    ...listOf(draft.issueType)
      .filter(isUnknown(names.issueTypes))
      .map((type) => noType(type, repository)),
    ...draft.labels
      .filter(isUnknown(names.labels))
      .flatMap((label) =>
        isLaneLabel(draft, label) ? lackOfLaneLabel(label, names, repository) : [noLabel(label, names, repository)],
      ),
  ]);
  return uniqueBy(problems, (problem) => JSON.stringify(problem));
}

export const isUnknown =
  (known: ReadonlySet<string>) =>
  ({ value }: Placed<string>): boolean =>
    !known.has(value.toLowerCase());

/** Whether a label is the one of the task's lane, such as `lane:api`. */
export const isLaneLabel = ({ laneLabel }: TaskDraft, { value }: Placed<string>): boolean =>
  value.toLowerCase() === laneLabel.toLowerCase();

const listOf = (name: Placed<string> | null): readonly Placed<string>[] => (name === null ? [] : [name]);

const shown = (name: string): string => `\`${name.slice(0, 100)}\``;

const unassignable = ({ value, place }: Placed<string>, repository: string): TemplateProblem => ({
  ...place,
  message: `${shown(value)} cannot be assigned in ${repository}`,
  fix: 'Give them access again, or name somebody else.',
});

const noMilestone = ({ value, place }: Placed<string>, repository: string): TemplateProblem => ({
  ...place,
  message: `${repository} has no open milestone ${shown(value)}`,
  fix: 'Open it, or correct the title.',
});

const noType = ({ value, place }: Placed<string>, repository: string): TemplateProblem => ({
  ...place,
  message: `${repository} has no issue type ${shown(value)}`,
  fix: "Correct it, or have the organisation's owner add it.",
});

const lackOfLaneLabel = (
  { value, place }: Placed<string>,
  { mayCreateLabels }: KnownNames,
  repository: string,
): readonly TemplateProblem[] =>
  mayCreateLabels
    ? []
    : [
        {
          ...place,
          message: `${repository} has no label ${shown(value)}, and you may not make one there`,
          fix: 'Have somebody with write access make it, or name another one.',
        },
      ];

function noLabel({ value, place }: Placed<string>, { labelNames }: KnownNames, repository: string): TemplateProblem {
  const nearest = nearestName(
    value.toLowerCase(),
    labelNames.map((name) => name.toLowerCase()),
  );
  const meant = labelNames.find((name) => name.toLowerCase() === nearest);
  const otherwise = `make it on GitHub first: gh label create '${value.slice(0, 100).replaceAll("'", "'\\''")}'.`;
  return {
    ...place,
    message: `${repository} has no label ${shown(value)}`,
    fix: meant === undefined ? `Correct the name, or ${otherwise}` : `Did you mean ${shown(meant)}? Else ${otherwise}`,
  };
}
