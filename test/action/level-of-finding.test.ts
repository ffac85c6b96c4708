import { expect, test } from 'vitest';
import { levelOfFinding } from '../../action/level-of-finding.ts';

const criteria = [
  { id: 'completion', weight: 'blocking' },
  { id: 'backports', weight: 'informing' },
] as const;

test.each([
  ['fails', 'completion', 'error'],
  ['fails', 'backports', 'warning'],
  ['unknown', 'completion', 'warning'],
  ['unknown', 'backports', 'warning'],
  ['informs', 'completion', 'notice'],
  ['informs', 'backports', 'notice'],
] as const)('what %s in %s is of the level %s', (effect, criterion, level) => {
  expect(levelOfFinding({ effect, criterion }, { criteria })).toBe(level);
});
