import { expect, test } from 'vitest';
import { kindOfWrite } from '../../../src/core/plan/kind-of-write.ts';
import type { PlannedChange } from '../../../src/core/plan/plan.ts';

const HOME = { owner: 'octo', repo: 'harbor' };
const ours = { ...HOME, number: 2 };
const theirs = { owner: 'Octo', repo: 'Pier', number: 3 };

const rows: readonly (readonly [PlannedChange, string])[] = [
  [{ kind: 'add_label', on: theirs, label: 'urgent' }, 'add_label octo/pier'],
  [{ kind: 'add_label', on: { item: 'create-api' }, label: 'urgent' }, 'add_label octo/harbor'],
  [{ kind: 'add_blocker', on: ours, blocker: theirs }, 'add_blocker octo/harbor'],
  [{ kind: 'add_sub_issue', parent: theirs, child: ours, replaceParent: false }, 'add_sub_issue octo/pier'],
  [{ kind: 'delete_label', repository: theirs, name: 'urgent' }, 'delete_label octo/pier'],
];

test.each(rows)('%o needs the permission of %s', (change, kind) => {
  expect(kindOfWrite({ change }, HOME)).toBe(kind);
});
