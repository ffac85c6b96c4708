import { describe, expect, test } from 'vitest';
import { progressBar } from '../../../src/core/progress-bar.ts';
import { ageText } from '../../../src/surfaces/cli/age-text.ts';

describe('progressBar', () => {
  test.each([
    [0, '░░░░░░░░░░'],
    [1, '█░░░░░░░░░'],
    [50, '█████░░░░░'],
    [99, '█████████░'],
    [100, '██████████'],
    [null, '··········'],
  ])('draws %s percent', (percent, bar) => {
    expect(progressBar(percent, 10)).toBe(bar);
  });
});

describe('ageText', () => {
  test.each([
    [null, ''],
    [0, 'now'],
    [59, 'now'],
    [60, '1m'],
    [3599, '59m'],
    [7200, '2h'],
    [86_400 * 3.9, '3d'],
  ])('says %s seconds as "%s"', (seconds, text) => {
    expect(ageText(seconds)).toBe(text);
  });
});
