import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visibleLine } from '../../../src/core/markdown.ts';
import { blankTimes, renderAge, renderInstant } from '../../../src/core/umbrella/render-times.ts';
import { hostileText } from '../random-work.ts';

const plain = (text: string): string => text.replaceAll('\u202f', ' ');

describe('renderAge', () => {
  const cases: readonly [seconds: number, age: string][] = [
    [0, '1 min'],
    [119 * 60, '119 min'],
    [2 * 3600, '2 h'],
    [47 * 3600, '47 h'],
    [48 * 3600, '2 d'],
    [400 * 86_400, '400 d'],
  ];
  it.each(cases)('writes %d seconds as %s', (seconds, age) => {
    expect(plain(renderAge(seconds))).toBe(age);
  });
});

describe('renderInstant', () => {
  it('writes minutes in UTC', () => {
    expect(plain(renderInstant('2026-05-04T09:30:59Z'))).toBe('2026-05-04 09:30 UTC');
  });
});

describe('blankTimes', () => {
  it('makes texts equal that differ only in ages and times', () => {
    fc.assert(
      fc.property(fc.nat(1e9), fc.nat(1e9), (a, b) => {
        expect(blankTimes(`x · ${renderAge(a)} → y`)).toBe(blankTimes(`x · ${renderAge(b)} → y`));
      }),
    );
    expect(blankTimes(renderInstant('2026-05-04T09:30:59Z'))).toBe(blankTimes(renderInstant('2027-11-14T19:00:00Z')));
  });

  it('leaves what people wrote alone', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const line = visibleLine(`${text} 3 d 2026-05-04 09:30 UTC`);
        expect(blankTimes(line)).toBe(line);
      }),
    );
  });
});
