import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { baseSpan } from '../../../src/core/risk/base-lines.ts';
import { contactOf } from '../../../src/core/risk/hunk-contact.ts';
import type { Hunk } from '../../../src/core/risk/touched-file.ts';
import { anyHunks, buildHunk } from './build-hunks.ts';
import '../../seed-properties.ts';

const contact = (ours: readonly string[], theirs: readonly string[]): unknown => {
  const { gap, touching, alike } = contactOf(ours.map(buildHunk), theirs.map(buildHunk));
  return { gap, touching: touching.length, alike: alike.length };
};

describe('how close two changes of a file come', () => {
  test.each([
    ['the same line, differently', ['5,1+1'], ['5,1+2'], { gap: 0, touching: 1, alike: 0 }],
    ['neighbouring lines touch', ['5,1+1'], ['6,1+1'], { gap: 0, touching: 1, alike: 0 }],
    ['one line between is enough for git', ['5,1+1'], ['7,1+1'], { gap: 1, touching: 0, alike: 0 }],
    ['an insertion right below a change touches it', ['5,1+1'], ['5,0+3'], { gap: 0, touching: 1, alike: 0 }],
    ['an insertion right above a change touches it', ['5,1+1'], ['4,0+3'], { gap: 0, touching: 1, alike: 0 }],
    ['insertions of different size at one place', ['0,0+1'], ['0,0+3'], { gap: 0, touching: 1, alike: 0 }],
    ['one line becomes one line', ['5,1+1'], ['5,1+1'], { gap: Number.POSITIVE_INFINITY, touching: 0, alike: 1 }],
    ['the same lines taken out', ['5,3+0'], ['5,3+0'], { gap: Number.POSITIVE_INFINITY, touching: 0, alike: 0 }],
    ['one long change over two', ['1,20+1'], ['3,1+1', '9,1+1'], { gap: 0, touching: 2, alike: 0 }],
    ['the closest counts', ['5,1+1', '40,1+1'], ['20,1+1', '47,1+1'], { gap: 6, touching: 0, alike: 0 }],
    ['a side without lines', ['5,1+1'], [], { gap: Number.POSITIVE_INFINITY, touching: 0, alike: 0 }],
  ])('%s', (_, ours, theirs, expected) => {
    expect(contact(ours, theirs)).toEqual(expected);
    expect(contact(theirs, ours)).toEqual(expected);
  });

  test('it is what comparing every hunk with every other says', () => {
    fc.assert(
      fc.property(anyHunks, anyHunks, (ours, theirs) => {
        const { gap, touching, alike } = contactOf(ours, theirs);
        expect({ gap, touching: touching.length, alike: alike.length }).toEqual(compareAll(ours, theirs));
      }),
    );
  });
});

function compareAll(ours: readonly Hunk[], theirs: readonly Hunk[]): unknown {
  const all = ours.flatMap((our) => theirs.map((their) => ({ our, their, ...distance(our, their) })));
  const different = all.filter(({ isAlike }) => !isAlike);
  return {
    gap: Math.min(Number.POSITIVE_INFINITY, ...different.map(({ between }) => Math.max(0, between))),
    touching: different.filter(({ between }) => between <= 0).length,
    alike: all.filter(({ isAlike, our }) => isAlike && our.newLines > 0).length,
  };
}

function distance(our: Hunk, their: Hunk): { readonly between: number; readonly isAlike: boolean } {
  const [one, other] = [baseSpan(our), baseSpan(their)];
  const isSame = one.start === other.start && one.end === other.end;
  return {
    between: Math.max(other.start - one.end, one.start - other.end),
    isAlike: isSame && our.oldLines === their.oldLines && our.newLines === their.newLines,
  };
}
