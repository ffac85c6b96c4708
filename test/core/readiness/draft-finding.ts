import type { DraftFinding } from '../../../src/core/readiness/criterion.ts';
import { nameOfTask } from '../../../src/core/readiness/item-name.ts';
import type { WaivableFinding } from '../../../src/core/readiness/judge-criteria.ts';
import { taskFacts } from '../build-facts.ts';

/** That octo/harbor#2 is open, which fails and which kim can mend. */
export const draft = (input: Partial<DraftFinding> = {}): DraftFinding => ({
  kind: 'open_task',
  effect: 'fails',
  item: nameOfTask(taskFacts({ number: 2 })),
  names: [],
  why: 'it is in progress',
  actor: { name: 'kim', kind: 'person' },
  action: { text: 'finish octo/harbor#2', command: null, url: 'https://github.com/octo/harbor/issues/2' },
  evidence: [],
  ...input,
});

/** The same in a completion that blocks, named `f1` and waived by nobody. */
export const standing = (input: Partial<WaivableFinding> = {}): WaivableFinding => ({
  ...draft(),
  id: 'f1',
  criterion: 'completion',
  isBlocking: true,
  waivedBy: null,
  ...input,
});
