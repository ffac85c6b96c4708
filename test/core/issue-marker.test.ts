import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canBeMarked, issueKeyOf, issueMarker, LONGEST_KEY, withIssueMarker } from '../../src/core/issue-marker.ts';

/** Short and long ones, and those whose every character takes the most room. */
const anyKey = fc.oneof(
  fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }),
  fc.string({ minLength: 1, maxLength: LONGEST_KEY, unit: 'binary' }),
  fc.integer({ min: 1, max: LONGEST_KEY }).map((length) => '語'.repeat(length)),
);

test('no key can be marked that is empty, longer than 1000 characters or half a character', () => {
  const keys = ['', 'k'.repeat(1001), 'half \uD83D', 'k'.repeat(1000), '语/1 🚀'];
  expect(keys.map(canBeMarked)).toEqual([false, false, false, true, true]);
});

test('every key comes back from its marker, which is one line and ends where it says', () => {
  fc.assert(
    fc.property(anyKey, (key) => {
      fc.pre(canBeMarked(key));
      const marker = issueMarker(key);
      expect(issueKeyOf(`text\r\n${marker}\r\nmore`)).toBe(key);
      expect(marker.indexOf('-->')).toBe(marker.length - 3);
    }),
  );
});

test('any text makes a marker, and one that cannot be marked brings back the text as UTF-8 has it', () => {
  const anyText = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(anyText, (units) => {
      const key = String.fromCharCode(...units);
      const body = withIssueMarker('Build it.', key);
      expect(issueKeyOf(body)).toBe(new TextDecoder().decode(new TextEncoder().encode(`\u0020${key}`)).slice(1));
      expect(withIssueMarker(body, key)).toBe(body);
    }),
  );
  expect(issueMarker('half \uD83D')).toBe('<!-- parasol:issue v1 half%20%EF%BF%BD -->');
});

test('a marker in a quote, inside a line or broken is none', () => {
  const marker = issueMarker('api/1');
  const bodies = [`> ${marker}`, `see ${marker}`, '<!-- parasol:issue v1 %E0%A4 -->', '<!-- parasol:rollup v1 -->', ''];
  expect(bodies.map(issueKeyOf)).toEqual([null, null, null, null, null]);
});

test('is put above the text once', () => {
  const body = withIssueMarker('Build the pier.', 'api/1');
  expect(body).toBe('<!-- parasol:issue v1 api/1 -->\nBuild the pier.');
  expect(withIssueMarker(body, 'api/1')).toBe(body);
});
