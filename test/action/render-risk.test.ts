import { expect, test } from 'vitest';
import { renderRisk } from '../../action/render-risk.ts';
import type { RiskQueueReport } from '../../src/operations/risk-queue.ts';

type Next = RiskQueueReport['next'][number];

const amount = { hits: 0, weight: 0 };

const queueOf = (next: readonly Next[]): RiskQueueReport => ({
  repository: { owner: 'octo', repo: 'harbor' },
  base: { name: 'main', commit: null },
  ...{ places: [], next, regenerate: [], unknown: [], circles: [], leftOut: [], gaps: [], remarks: [] },
  ...{ expected: amount, oldestFirst: amount, verifiedPairs: 0, estimatedPairs: 0, proof: 'optimal', imports: null },
});

test('behind the command of a merge stands what has to be done before it', () => {
  const merge = (number: number, more: Partial<Next> = {}): Next => ({
    ...{ name: `#${number}`, command: `gh pr merge ${number}`, redoAfter: [], before: [] },
    ...more,
  });
  const text = renderRisk(
    queueOf([
      merge(1),
      merge(2, { redoAfter: ['#1'] }),
      merge(3, { redoAfter: ['#1', '#2'], before: ['change its base from `two`\n```\nrm -rf / to main'] }),
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
