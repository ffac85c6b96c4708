import { describe, expect, test } from 'vitest';
import { UserError } from '../../../src/core/failure.ts';
import { formatSelector, parseSelector } from '../../../src/core/readiness/parse-selector.ts';

const HARBOR = { owner: 'octo', repo: 'harbor' };

describe('a scope', () => {
  test.each([
    [undefined, { kind: 'since', tag: null }, 'since:latest'],
    ['  ', { kind: 'since', tag: null }, 'since:latest'],
    ['since', { kind: 'since', tag: null }, 'since:latest'],
    ['since:v3.0', { kind: 'since', tag: 'v3.0' }, 'since:v3.0'],
    ['since:refs/tags/v3.0', { kind: 'since', tag: 'v3.0' }, 'since:v3.0'],
    ['since:30d', { kind: 'since', days: 30 }, 'since:30d'],
    ['SINCE:2W', { kind: 'since', days: 14 }, 'since:14d'],
    ['Since: 2w', { kind: 'since', days: 14 }, 'since:14d'],
    ['branch:release/3.1', { kind: 'branch', branch: 'release/3.1' }, 'branch:release/3.1'],
    ['branch:refs/heads/main', { kind: 'branch', branch: 'main' }, 'branch:main'],
    ['milestone:"Harbor 3.1"', { kind: 'milestone', milestone: 'Harbor 3.1' }, 'milestone:Harbor 3.1'],
    ['phase:P3', { kind: 'phase', phase: 'P3' }, 'phase:P3'],
    ['umbrella:12', { kind: 'umbrella', umbrella: '#12' }, 'umbrella:#12'],
    ['umbrella:P3.M1', { kind: 'umbrella', umbrella: 'P3.M1' }, 'umbrella:P3.M1'],
    ['#12', { kind: 'umbrella', umbrella: '#12' }, 'umbrella:#12'],
    ['12', { kind: 'umbrella', umbrella: '#12' }, 'umbrella:#12'],
    ['P3.M1', { kind: 'umbrella', umbrella: 'P3.M1' }, 'umbrella:P3.M1'],
    [
      'https://github.com/octo/harbor/issues/12',
      { kind: 'umbrella', umbrella: 'https://github.com/octo/harbor/issues/12' },
      'umbrella:https://github.com/octo/harbor/issues/12',
    ],
    ['label:lane:api', { kind: 'label', label: 'lane:api' }, 'label:lane:api'],
    ["query:'is:open label:bug'", { kind: 'query', query: 'is:open label:bug' }, 'query:is:open label:bug'],
  ])('%j is read, and written again', (text, selector, written) => {
    const read = parseSelector(text, HARBOR);
    expect(read).toEqual(selector);
    expect(formatSelector(read)).toBe(written);
  });

  test.each([
    ['v3.0', 'The scope "v3.0" names no scope.'],
    ['tag:v3.0', 'The scope "tag:v3.0" begins with an unknown word.'],
    ['milestone:', 'The scope "milestone:" says nothing behind its colon.'],
    ['label:""', 'The scope "label:\\"\\"" says nothing behind its colon.'],
    ['since:0d', 'The scope "since:0d" is no time between 1 and 3650 days.'],
    ['x'.repeat(400), `The scope "${'x'.repeat(40)}…" is longer than 300 characters.`],
  ])('that reads %j is refused with the forms that there are', (text, message) => {
    const attempt = () => parseSelector(text, HARBOR);
    expect(attempt).toThrow(UserError);
    expect(attempt).toThrow(
      expect.objectContaining({ code: 'usage', message, hint: expect.stringContaining('branch:') }),
    );
  });

  test.each(['repo:octo/secrets', 'is:open Org:octo', '(user:kim OR label:bug)'])(
    'that looks for %j beside its repository is refused',
    (query) =>
      expect(() => parseSelector(`query:${query}`, HARBOR)).toThrow(
        expect.objectContaining({
          code: 'usage',
          message: expect.stringContaining('a query is asked in one repository'),
        }),
      ),
  );

  test.each(['is:pr', 'is:open Type:pr', '(is:pull-request OR label:bug)', 'is:"pr"'])(
    'may not ask for pull requests by %j, which no issue is',
    (query) => {
      expect(() => parseSelector(`query:${query}`, HARBOR)).toThrow('and a query finds issues');
    },
  );

  test.each(['-is:pr label:bug', 'linked:pr', 'is:private'])('may ask for issues by %j', (query) =>
    expect(parseSelector(`query:${query}`, HARBOR)).toEqual({ kind: 'query', query }),
  );

  test.each(['-repo:octo/docks', 'in:title "my user: cannot log in"', 'label:repo'])('may say %j', (query) =>
    expect(parseSelector(`query:${query}`, HARBOR)).toEqual({ kind: 'query', query }),
  );
});
