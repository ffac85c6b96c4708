import { expect, test } from 'vitest';
import { renderRisk } from '../../action/render-risk.ts';
import type { RiskQueueReport } from '../../src/operations/risk-queue.ts';

type Next = RiskQueueReport['next'][number];

const amount = { hits: 0, weight: 0 };

const queueOf = (next: readonly Next[]): RiskQueueReport => ({
  repository: { owner: 'octo', repo: 'harbor' },
  base: { name: 'main', commit: null },
  ...{ places: [], next, regenerate: [], unknown: [], unlisted: 0, circles: [], leftOut: [], gaps: [], remarks: [] },
  ...{ expected: amount, oldestFirst: amount, verifiedPairs: 0, estimatedPairs: 0, proof: 'optimal', imports: null },
});

const sure = (name: string): Next['redo'][number] => ({ name, probability: 1, basis: 'verified' });

const estimated = (name: string, probability: number): Next['redo'][number] => ({
  ...{ name, probability, basis: 'estimated' },
});

test('behind the command of a merge stands what has to be done before it', () => {
  const merge = (number: number, more: Partial<Next> = {}): Next => ({
    ...{ name: `#${number}`, command: `gh pr merge ${number}`, redoAfter: [], redo: [], before: [] },
    ...more,
  });
  const text = renderRisk(
    queueOf([
      merge(1),
      merge(2, { redo: [sure('#1')] }),
      merge(3, { redo: [sure('#1'), sure('#2')], before: ['change its base from `two`\n```\nrm -rf / to main'] }),
    ]),
    { headline: '', pairs: [] },
  );
  const fences = text.split('```');
  expect(fences).toHaveLength(3);
  const lines = fences[1]?.trim().split('\n') ?? [];
  expect(lines.slice(1, 3)).toEqual(['gh pr merge 1', 'gh pr merge 2  # redo first: conflicts with #1']);
  expect(lines).toHaveLength(4);
  expect(lines[3]).toMatch(/^gh pr merge 3 {2}# redo first: conflicts with #1, #2; change its base from two.*to main$/);
});

test('an estimate behind the command of a merge is told as one, and what alone is unlikely is only counted', () => {
  const merge = (number: number, redo: Next['redo']): Next => ({
    ...{ name: `#${number}`, command: `gh pr merge ${number}`, redoAfter: redo.map(({ name }) => name), before: [] },
    redo,
  });
  const text = renderRisk(
    queueOf([
      merge(3, [sure('#1'), estimated('#2', 0.6)]),
      merge(4, [estimated('#2', 0.6)]),
      merge(5, [estimated('#1', 0.3), estimated('#2', 0.4)]),
    ]),
    { headline: '', pairs: [] },
  );
  expect(text.split('```')[1]?.trim().split('\n').slice(1)).toEqual([
    'gh pr merge 3  # redo first: conflicts with #1; likely to redo first: estimated to conflict with #2',
    'gh pr merge 4  # likely to redo first: estimated to conflict with #2',
    'gh pr merge 5  # likely to redo first: estimated to conflict with one of 2 before it',
  ]);
});
