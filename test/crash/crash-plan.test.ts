import { expect, test } from 'vitest';
import { crashPlan } from './crash-plan.ts';

test('a plan whose process is killed is applied once, whole, and can be undone', { timeout: 180_000 }, async () => {
  const said: string[] = [];
  const kills = { apply: 1, undo: 0 };
  const say = (line: string) => said.push(line);
  const problems = await crashPlan({ seed: 7, issues: 40, links: 16, kills, speed: 20, say });
  expect(problems).toEqual([]);
  expect(said.filter((line) => line.includes(': killed'))).toHaveLength(1);
});
