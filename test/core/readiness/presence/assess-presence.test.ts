import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assessLine } from '../../../../src/core/readiness/presence/assess-presence.ts';
import type { BaseStep, ChangedFile } from '../../../../src/core/readiness/presence/base-line.ts';
import { generatedBy } from '../../../../src/core/readiness/presence/generated-files.ts';
import { lineTable } from '../../../../src/core/readiness/presence/line-table.ts';

const table = lineTable();
const DAY = 86_400_000;

interface Draft {
  readonly message: string;
  /** Path, lines taken out, lines put in: one place each. */
  readonly places: readonly (readonly [string, readonly string[], readonly string[]])[];
  readonly begunOn?: number | null;
  readonly day?: number;
}

const stepsOf = (drafts: readonly Draft[]): readonly BaseStep[] =>
  drafts.map(({ message, places, begunOn = null, day }, index) => ({
    ...{ sha: index.toString(16).padStart(7, '0').padEnd(40, 'f'), messages: [message], begunOn },
    at: new Date((day ?? index) * DAY).toISOString(),
    files: [...new Set(places.map(([path]) => path))].map(
      (path): ChangedFile => ({
        ...{ path, before: `${path} before ${index}`, after: `${path} after ${index}` },
        hunks: places
          .filter(([other]) => other === path)
          .map(([, removed, added], place) => ({
            ...{ oldStart: 1 + place * 20, newStart: 1 + place * 20 },
            ...{ removed: removed.map(table.idOf), added: added.map(table.idOf) },
          })),
      }),
    ),
  }));

function stateOf(drafts: readonly Draft[], place = 0): string {
  const steps = stepsOf(drafts);
  const stepOf = new Map(steps.map(({ sha }, index) => [sha, index]));
  return assessLine(steps, stepOf, generatedBy([])).presenceOf([place]).state;
}

const OLD = ['the lamps are dark', 'nobody lights them'];
const NEW = ['the lamps are lit', 'kim lights them', 'ravi puts them out'];
const light: Draft = { message: 'Light the lamps (#1)', places: [['quay.txt', OLD, NEW]] };
const paint = (more: Partial<Draft> = {}): Draft => ({
  message: 'Paint the crane (#2)',
  places: [
    ['quay.txt', NEW, OLD],
    ['crane.txt', [], ['the crane is yellow']],
  ],
  ...more,
});

describe('a change whose lines were put back is', () => {
  const cases: readonly (readonly [string, readonly Draft[], string])[] = [
    ['undone by a commit with another purpose', [light, paint()], 'undone'],
    ['reverted by one that says so', [light, paint({ message: 'Revert "Light the lamps" (#2)' })], 'reverted'],
    [
      'changed by one that speaks of going back',
      [light, paint({ message: 'Go back to dark nights (#2)' })],
      'changed_later',
    ],
    ['changed by one that names it', [light, paint({ message: 'Paint the crane (#2)\n\nsee #1' })], 'changed_later'],
    ['changed by one of the same subject', [light, paint({ message: 'Lamps: light nobody (#2)' })], 'changed_later'],
    ['changed by one that does nothing else', [light, paint({ places: [['quay.txt', NEW, OLD]] })], 'changed_later'],
    ['changed by a branch that was begun on top of it', [light, paint({ begunOn: 0 })], 'changed_later'],
    ['undone by a merge of a branch that was begun before it', [light, paint({ begunOn: -1 })], 'undone'],
    ['changed by one that came months later', [light, paint({ day: 90 })], 'changed_later'],
    [
      'present where a later commit brings its lines again',
      [light, paint(), { message: 'Again (#3)', places: [['quay.txt', OLD, NEW]] }],
      'present',
    ],
    [
      'changed where other lines went with them',
      [
        light,
        paint({
          places: [
            ['quay.txt', [...NEW, 'a', 'the bench is broken', 'the bin is full', 'the rail is loose', 'rust'], OLD],
          ],
        }),
      ],
      'changed_later',
    ],
    [
      'present where they moved to another file',
      [
        light,
        paint({
          places: [
            ['quay.txt', NEW, []],
            ['pier.txt', [], NEW],
            ['crane.txt', [], ['the crane is yellow']],
          ],
        }),
      ],
      'present',
    ],
    [
      'present where only a lockfile went back',
      [{ ...light, places: [['yarn.lock', OLD, NEW]] }, paint({ places: [['yarn.lock', NEW, OLD]] })],
      'present',
    ],
  ];
  test.each(cases)('%s', (_, drafts, state) => {
    expect(stateOf(drafts)).toBe(state);
  });
});

test('what a stale tree takes back is undone even where it says that it reverts something', () => {
  const changes = ['quay', 'pier', 'mole', 'dock'].map(
    (name, index): Draft => ({
      message: `Mend what is wrong at ${name} (#${index + 1})`,
      places: [[`${name}.txt`, [`${name} is broken`, `${name} is old`], [`${name} is mended`, `${name} is new`]]],
    }),
  );
  const places = changes.flatMap((change) => change.places.map(([path, old, own]) => [path, own, old] as const));
  const sweep: Draft = {
    message: 'Revert the colour (#9)',
    places: [...places, ['crane.txt', ['yellow crane'], ['grey crane']]],
  };
  expect([0, 1, 2, 3].map((place) => stateOf([...changes, sweep], place))).toEqual(Array(4).fill('undone'));
});

const word = fc.constantFrom('anchor', 'berth', 'cable', 'dredge', 'ferry', 'gauge', 'hawser', 'jetty', 'keel', 'mast');
const line = fc.tuple(word, word, fc.nat(1e6)).map((parts) => parts.join(' '));
const draft: fc.Arbitrary<Draft> = fc.record({
  message: fc.tuple(word, word, word).map((words) => words.join(' ')),
  places: fc.array(fc.tuple(word, fc.array(line, { maxLength: 4 }), fc.array(line, { minLength: 1, maxLength: 4 })), {
    minLength: 1,
    maxLength: 4,
  }),
});

test('histories in which no line ever comes back or goes hold no undone change', () => {
  fc.assert(
    fc.property(fc.array(draft, { minLength: 1, maxLength: 12 }), (drafts) => {
      const states = drafts.map((_, place) => stateOf(drafts, place));
      expect(states.filter((state) => state === 'undone')).toEqual([]);
    }),
  );
});

test('what a stale copy takes back is undone whatever was merged before and after it', () => {
  fc.assert(
    fc.property(fc.array(draft, { maxLength: 8 }), fc.array(draft, { maxLength: 8 }), (before, after) => {
      expect(stateOf([...before, light, paint(), ...after], before.length)).toBe('undone');
    }),
  );
});
