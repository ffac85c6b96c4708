import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { proseOf } from '../../../src/core/markdown.ts';
import { readStatedWork } from '../../../src/core/task/stated-work.ts';
import { closingReferences, revertingReferences, taskLines } from '../../../src/core/task/text-references.ts';
import { ref } from '../build-facts.ts';

const PLACE = { ref: ref(41), url: 'https://github.com/octo/harbor/pull/41' };
const read = (body: string) => readStatedWork({ ...PLACE, body });
const NOTHING = { closing: [], taskLines: [], reverting: [], revertedCommits: [] };

describe('what a body states', () => {
  it('is what its author says of tasks and of reverts, each list in the order of the text', () => {
    const sha = '1a2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b9c0d';
    const body = `Fixes #12, closes o/r#9.\n\nTask: #13 and P3.M1\n\nReverts #40\n\nThis reverts commit ${sha.toUpperCase()}.`;
    expect(read(body)).toEqual({
      closing: [
        { ref: ref(12), quote: 'Fixes #12' },
        { ref: ref(9, 'o/r'), quote: 'closes o/r#9' },
      ],
      taskLines: [{ line: 'Task: #13 and P3.M1', rest: '#13 and P3.M1' }],
      reverting: [{ ref: ref(40), quote: 'Reverts #40' }],
      revertedCommits: [{ sha, quote: `This reverts commit ${sha.toUpperCase()}` }],
    });
  });

  it.each([
    ['stands in code', '`Closes #12` and\n\n```\nReverts #40\n```'],
    ['is quoted', '> Closes #12\n>\n> Reverts #40'],
    ['is commented out', '<!-- Closes #12\n\nTask: #13 -->'],
    ['is a mention alone', 'See #12, and https://github.com/octo/harbor/issues/13'],
    ['is empty', ''],
  ])('is nothing where it %s', (_, body) => {
    expect(read(body)).toEqual(NOTHING);
  });

  it('is of the server on which the pull request stands', () => {
    const body = 'Closes https://github.com/octo/harbor/issues/12\nCloses https://ghes.example/octo/harbor/issues/13';
    expect(read(body).closing.map((one) => one.ref)).toEqual([ref(12)]);
  });

  // The first look spares a body from being parsed; where words are not torn by markup it spares none that says something.
  it('is all that a search of the whole prose finds', () => {
    const word = fc.constantFrom(
      'Closes',
      'fix',
      'resolved:',
      'Task:',
      '**Tasks:**',
      'Reverts',
      '#12',
      'o/r#9',
      '`',
      '>',
      '<!--',
      '-->',
    );
    const text = fc.array(fc.tuple(word, fc.constantFrom(' ', '\n', '\n\n'))).map((all) => all.flat().join(''));
    const place = { repository: PLACE.ref, host: 'github.com' };
    fc.assert(
      fc.property(text, (body) => {
        const prose = proseOf(body);
        expect(read(body)).toEqual({
          closing: closingReferences(prose, place),
          taskLines: taskLines(prose),
          reverting: revertingReferences(prose, place),
          revertedCommits: [],
        });
      }),
    );
  });
});
