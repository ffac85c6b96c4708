import { slugOf } from '../../plan/item-ids.ts';
import type { PlanItem } from '../../plan/plan.ts';
import type { RepositoryRef } from '../../task/identity.ts';
import { isLaneLabel, isUnknown } from './check-names.ts';
import type { TaskDraft } from './draft-tasks.ts';
import { scaffoldEvidence } from './scaffold-evidence.ts';
import { uniqueBy } from './unique-by.ts';

interface LabelBuilding {
  readonly repository: RepositoryRef;
  /** Labels that GitHub has, in lower case. */
  readonly known: ReadonlySet<string>;
  /** False: the task is only proposed. */
  readonly isSelected: (draft: TaskDraft) => boolean;
  readonly ids: (wanted: string) => string;
}

export interface LabelItem {
  readonly label: string;
  readonly item: PlanItem;
}

/** GitHub's colour of a label to which nobody gave one. */
const LABEL_COLOR = 'ededed';

/** One item for each lane's own label that the missing tasks want and GitHub does not have. */
export function labelItems(
  missing: readonly TaskDraft[],
  { repository, known, isSelected, ids }: LabelBuilding,
): readonly LabelItem[] {
  const wanted = missing.flatMap((draft) =>
    draft.labels
      .filter((label) => isUnknown(known)(label) && isLaneLabel(draft, label))
      .map((label) => ({ label, draft })),
  );
  return uniqueBy(wanted, ({ label }) => label.value.toLowerCase()).map(({ label }) => ({
    label: label.value.toLowerCase(),
    item: {
      id: ids(`label-${slugOf(label.value) || 'x'}`),
      change: {
        kind: 'create_label',
        repository,
        name: label.value,
        color: LABEL_COLOR,
        description: '',
      },
      needs: [],
      selected: wanted.some(
        (one) => one.label.value.toLowerCase() === label.value.toLowerCase() && isSelected(one.draft),
      ),
      evidence: [scaffoldEvidence(`the label ${label.value} is missing`, label.place)],
    },
  }));
}
