import { expect, test } from 'vitest';
import { parseWaiverFile } from '../../../src/core/readiness/parse-waiver-file.ts';

const repository = { owner: 'octo', repo: 'harbor' };
const url = 'https://github.com/octo/harbor/blob/main/.github/parasol-waivers.yml';
const parse = (text: string) => parseWaiverFile({ text, path: '.github/parasol-waivers.yml', repository, url });

test('entries of the file waive an item, a criterion, or both', () => {
  const text = `
waivers:
  - { item: '#12', until: 2026-05-04, by: kim, reason: agreed with the port }
  - { item: 13, criterion: base_ci, until: 2026-05-04, by: kim, reason: new runner, sha: 1A2B3C4, on: 2026-05-01 }
  - { criterion: completion, until: 2026-05-04, by: noor, reason: documents follow }
`;
  const whole = { isAuthorised: true, until: '2026-05-04T23:59:59Z', url };
  const early = '1970-01-01T00:00:00Z';
  expect(parse(text)).toEqual({
    waivers: [
      {
        ...whole,
        by: 'kim',
        reason: 'agreed with the port',
        item: { ...repository, number: 12 },
        criterion: null,
        sha: null,
        writtenAt: early,
      },
      {
        ...whole,
        by: 'kim',
        reason: 'new runner',
        item: { ...repository, number: 13 },
        criterion: 'base_ci',
        sha: '1a2b3c4',
        writtenAt: '2026-05-01T00:00:00Z',
      },
      {
        ...whole,
        by: 'noor',
        reason: 'documents follow',
        item: null,
        criterion: 'completion',
        sha: null,
        writtenAt: early,
      },
    ],
    problems: [],
  });
});

test('an entry with a problem is told with its line and waives nothing, the others hold', () => {
  const text = `waivers:
  - { item: '#12', until: soon, by: kim, reason: x }
  - { item: nothing, until: 2026-05-04, by: kim, reason: x }
  - { criterion: base_ci, until: 2026-05-04, reason: x }
  - { until: 2026-05-04, by: kim, reason: x }
  - { criterion: base_ci, untill: 2026-05-04, until: 2026-05-04, by: kim, reason: x }
  - { criterion: base_ci, until: 2026-05-04, by: kim, reason: x }
`;
  const { waivers, problems } = parse(text);
  expect(waivers).toHaveLength(1);
  expect(problems.map(({ line, path, message }) => [line, path, message])).toEqual([
    [2, 'waivers[0].until', 'is no day such as 2026-05-04'],
    [3, 'waivers[1].item', '"nothing" names no issue or pull request: #12, owner/repo#12 or its address'],
    [4, 'waivers[2].by', 'is missing'],
    [5, 'waivers[3]', 'names neither an item nor a criterion'],
    [6, 'waivers[4].untill', '`untill` is not a known key'],
  ]);
});

test('what is wrong is said in words for whoever wrote the file', () => {
  const text = `version: 1
waivers:
  - { item: '#2', until: 2026, by: [kim], reason: '' }
  - { criterion: base-ci, until: 2026-05-04, by: ${'k'.repeat(101)}, reason: x }
  - { item: true, until: 2026-05-04, by: kim, reason: x, sha: 1234567 }
  - { item: -2, until: 2026-05-04, by: kim, reason: x }
  - just a word
  -
`;
  expect(parse(text).problems.map(({ line, path, message }) => `${line} ${path} ${message}`)).toEqual([
    '3 waivers[0].by is a list where text belongs',
    '3 waivers[0].reason is empty',
    '3 waivers[0].until is a number where text belongs: put it in quotation marks',
    '4 waivers[1].by is longer than 100 characters',
    expect.stringMatching(/^4 waivers\[1\]\.criterion "base-ci" is none of completion, .*; did you mean base_ci\?$/),
    '5 waivers[2].item names no issue or pull request: #12, owner/repo#12 or its address',
    '5 waivers[2].sha is a number where text belongs: put it in quotation marks',
    '6 waivers[3].item is -2, which is not above 0',
    '7 waivers[4] is text where a mapping of keys to values belongs',
    '8 waivers[5] is empty where a mapping of keys to values belongs',
  ]);
});

test.each([
  ['- a', 1, 'is a list where a mapping of keys to values belongs'],
  ['waivers: 12', 1, 'is a number where a list belongs'],
  ['version: 2\nwaivers: []', 1, 'is 2 where only 1 is known'],
  [`waivers: [${'1,'.repeat(501)}]`, 1, 'has more than 500 entries'],
])('a file of another shape, %.20j, is told so', (text, line, message) => {
  expect(parse(text).problems).toMatchObject([{ line, message }]);
});

test.each([
  ['waivers: {', 1],
  ['waiver: []', 1],
  ['', 1],
])('a file that is none, %j, waives nothing and says so', (text, line) => {
  const { waivers, problems } = parse(text);
  expect(waivers).toEqual([]);
  expect(problems[0]?.line).toBe(line);
});
