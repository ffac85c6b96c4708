import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteLength, fitLines } from '../../../src/core/umbrella/fit-lines.ts';

const asIs = (line: string): string => line;
const more = (count: number): string => `${count} more`;

describe('fitLines', () => {
  it('keeps everything that fits', () => {
    expect(fitLines(['a', 'b'], asIs, { maxBytes: 100, more })).toEqual(['a', 'b']);
  });

  it('says how many more there are', () => {
    expect(fitLines(['aaaa', 'bbbb', 'cccc'], asIs, { maxBytes: 14, more })).toEqual(['aaaa', '2 more']);
    expect(fitLines(['a', 'b', 'c'], asIs, { maxBytes: 100, maxLines: 1, more })).toEqual(['a', '2 more']);
    expect(fitLines(['aaaa'], asIs, { maxBytes: 3, more })).toEqual(['1 more']);
  });

  it('cuts no line, loses none, and stays in its room', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), fc.integer({ min: 12, max: 400 }), (lines, maxBytes) => {
        const fitted = fitLines(lines, asIs, { maxBytes, more });
        expect(byteLength(fitted.join('\n'))).toBeLessThanOrEqual(maxBytes);
        if (fitted.length === lines.length && fitted.every((line, i) => line === lines[i])) return;
        expect(fitted.slice(0, -1)).toEqual(lines.slice(0, fitted.length - 1));
        expect(fitted.at(-1)).toBe(more(lines.length - fitted.length + 1));
      }),
    );
  });
});
