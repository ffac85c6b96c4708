import type { TaskDraft } from './draft-tasks.ts';
import type { Placed, TemplateProblem } from './lane-template.ts';
import type { KnownNames } from './scaffold-facts.ts';
import { uniqueBy } from './unique-by.ts';

/**
 * Names that GitHub does not have, of the tasks that are to be made. A missing label is none of them where the reader may
 * make it: the plan does.
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
    ...(names.mayCreateLabels
      ? []
      : draft.labels.filter(isUnknown(names.labels)).map((label) => noLabel(label, repository))),
  ]);
  return uniqueBy(problems, (problem) => JSON.stringify(problem));
}

export const isUnknown =
  (known: ReadonlySet<string>) =>
  ({ value }: Placed<string>): boolean =>
    !known.has(value.toLowerCase());

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

const noLabel = ({ value, place }: Placed<string>, repository: string): TemplateProblem => ({
  ...place,
  message: `${repository} has no label ${shown(value)}, and you may not make one there`,
  fix: 'Have somebody with write access make it, or name another one.',
});
