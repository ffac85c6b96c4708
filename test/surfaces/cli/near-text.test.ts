import { describe, expect, test } from 'vitest';
import { nearText, shownTitle } from '../../../src/surfaces/cli/near-text.ts';

describe('nearText', () => {
  test.each([
    ['review octo/harbor#9, then Octo/Harbor#10', 'review #9, then #10'],
    ['wait for octo/tides#9', 'wait for octo/tides#9'],
    ['wait for an-octo/harbor#9', 'wait for an-octo/harbor#9'],
    ['nothing to shorten', 'nothing to shorten'],
  ])('turns "%s" into "%s"', (text, near) => {
    expect(nearText(text, { owner: 'octo', repo: 'harbor' })).toBe(near);
  });
});

describe('shownTitle', () => {
  test.each([
    ['[P1.M2] Serve tides', 'P1.M2', 'Serve tides'],
    ['P1.M2: Serve tides', 'P1.M2', 'Serve tides'],
    ['p1.m2 - Serve tides', 'P1.M2', 'Serve tides'],
    ['Serve tides (P1.M2)', 'P1.M2', 'Serve tides (P1.M2)'],
    ['P1.M2', 'P1.M2', 'P1.M2'],
    ['Serve tides', null, 'Serve tides'],
  ])('shows "%s" with the id %s as "%s"', (title, plannedId, shown) => {
    expect(shownTitle({ title, plannedId })).toBe(shown);
  });
});
