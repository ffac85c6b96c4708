import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/core/config.ts';
import { known, unknown } from '../../../src/core/reading.ts';
import {
  type ArtifactStatus,
  missingFields,
  needsIssueFields,
  readArtifacts,
} from '../../../src/core/task/artifacts.ts';
import type { TaskFacts } from '../../../src/core/task/facts.ts';
import type { TaskState } from '../../../src/core/task/state.ts';
import { pullRequestFacts, taskFacts } from '../build-facts.ts';

interface Case {
  readonly rule?: string;
  readonly body?: string;
  readonly pulls?: readonly string[];
  readonly state?: TaskState | 'unknown';
  readonly isPullRequestUnread?: boolean;
  readonly issueFields?: TaskFacts['issueFields'];
}

const RULE = '{ field: Evidence, from: implemented, is: url }';

function question(given: Case) {
  const { rule = RULE, body = '', pulls = [], state = 'implemented', isPullRequestUnread = false, issueFields } = given;
  return {
    task: taskFacts({ number: 12, body, ...(issueFields === undefined ? {} : { issueFields }) }),
    pullRequests: pulls.map((text, i) => pullRequestFacts({ number: 41 + i, body: text })),
    state,
    config: parseConfig({ text: `tasks: { artifacts: [${rule}] }`, ownerText: null }).config,
    isPullRequestUnread,
  };
}

const read = (given: Case): ArtifactStatus | undefined => readArtifacts(question(given))[0];

const FORM = '### What\n\nLoad manifests\n\n### Evidence\n\nhttps://ci.example/run/7\n\n### Notes\n\n_No response_';

describe('readArtifacts', () => {
  const found: readonly [title: string, Case, Omit<ArtifactStatus, 'field'>][] = [
    ['an issue form', { body: FORM }, { state: 'present', value: 'https://ci.example/run/7', place: 'issue form' }],
    [
      'a form with Windows line ends',
      { body: FORM.replaceAll('\n', '\r\n') },
      { state: 'present', value: 'https://ci.example/run/7', place: 'issue form' },
    ],
    [
      'a line of the body',
      { body: 'Text\n- **Evidence:** https://ci.example/8' },
      { state: 'present', value: 'https://ci.example/8', place: 'Evidence: line in the body' },
    ],
    [
      'the body of a pull request',
      { pulls: ['', 'evidence: http://ci.example/9'] },
      { state: 'present', value: 'http://ci.example/9', place: 'body of octo/harbor#42' },
    ],
    [
      'the form rather than the pull request',
      { body: FORM, pulls: ['Evidence: https://other.example'] },
      { state: 'present', value: 'https://ci.example/run/7', place: 'issue form' },
    ],
    [
      'a valid line rather than a wrong answer of the form',
      { body: '### Evidence\n\nsee chat\n\n### Notes\n\nEvidence: https://ci.example/1' },
      { state: 'present', value: 'https://ci.example/1', place: 'Evidence: line in the body' },
    ],
    [
      'a valid pull request rather than a wrong line of the task',
      { body: 'Evidence: soon', pulls: ['Evidence: later', 'Evidence: https://ci.example/2'] },
      { state: 'present', value: 'https://ci.example/2', place: 'body of octo/harbor#42' },
    ],
    [
      'a valid issue field rather than a wrong line of the task',
      {
        body: 'Evidence: soon',
        issueFields: known([{ name: 'Evidence', value: 'https://ci.example/3', isMembersOnly: false }]),
      },
      { state: 'present', value: 'https://ci.example/3', place: 'issue field' },
    ],
    [
      'the first wrong value where none is valid',
      { body: 'Evidence: soon', pulls: ['Evidence: later'] },
      { state: 'invalid', value: 'soon', place: 'Evidence: line in the body' },
    ],
    [
      'only the pull request where the rule says so',
      { rule: '{ field: Evidence, is: url, in: pull_request }', body: FORM },
      { state: 'missing', value: null, place: null },
    ],
    [
      'only the task where the rule says so',
      { rule: '{ field: Evidence, is: url, in: task }', pulls: [FORM] },
      { state: 'missing', value: null, place: null },
    ],
    [
      'a value of the wrong kind',
      { body: 'Evidence: works on my machine' },
      { state: 'invalid', value: 'works on my machine', place: 'Evidence: line in the body' },
    ],
    ['nothing where nothing is', {}, { state: 'missing', value: null, place: null }],
    [
      'nothing in an unanswered form',
      { body: '### Evidence\n\n_No response_\n' },
      { state: 'missing', value: null, place: null },
    ],
    [
      'nothing in a placeholder comment',
      { body: 'Evidence: <!-- https://link.example -->\n<!--\nEvidence: https://x.example\n-->' },
      { state: 'missing', value: null, place: null },
    ],
    [
      'nothing in a heading inside a code block',
      { body: '```\n### Evidence\n\nhttps://x.example\n```' },
      { state: 'missing', value: null, place: null },
    ],
    [
      'nothing in lines of code, quotes and comments over several lines',
      {
        body: '```\nEvidence: https://a.example\n```\n\n> Evidence: https://b.example\n\n    Evidence: https://c.example',
      },
      { state: 'missing', value: null, place: null },
    ],
    [
      'nothing in a line of code that goes on over lines, or in HTML',
      { body: '`a\nEvidence: https://a.example\nb`\n\n<pre>\nEvidence: https://b.example\n</pre>' },
      { state: 'missing', value: null, place: null },
    ],
    [
      'nothing in a commented section of a form',
      { body: '<!--\n### Evidence\n\nhttps://x.example\n-->' },
      { state: 'missing', value: null, place: null },
    ],
    [
      'the first line that is neither quoted nor code, as it was written',
      { body: '> Evidence: https://a.example\n\n- Evidence: [run `7`](https://b.example)' },
      { state: 'present', value: '[run `7`](https://b.example)', place: 'Evidence: line in the body' },
    ],
    ['no need before its state', { state: 'in_progress' }, { state: 'not_yet_needed', value: null, place: null }],
    ['no need in a blocked task', { state: 'blocked' }, { state: 'not_yet_needed', value: null, place: null }],
    ['no need in a dropped task', { state: 'dropped' }, { state: 'not_yet_needed', value: null, place: null }],
    ['a need in every later state', { state: 'done' }, { state: 'missing', value: null, place: null }],
    ['no answer while the state is unknown', { state: 'unknown' }, { state: 'unknown', value: null, place: null }],
    [
      'no answer while pull requests are unread',
      { isPullRequestUnread: true },
      { state: 'unknown', value: null, place: null },
    ],
    [
      'the branch of the pull request',
      { rule: '{ field: Branch }', pulls: [''] },
      { state: 'present', value: 'change-41', place: 'branch of octo/harbor#41' },
    ],
  ];
  it.each(found)('finds %s', (_title, given, status) => {
    const field = given.rule?.includes('Branch') ? 'Branch' : 'Evidence';
    expect(read(given)).toEqual({ field, ...status });
  });

  const kinds: readonly [is: string, value: string, isValid: boolean][] = [
    ['url', 'see https://x.example/1', true],
    ['url', '[run](https://x.example/1)', true],
    ['url', 'javascript:alert(1)', false],
    ['url', 'https://', false],
    ['checkbox', '- [x] done', true],
    ['checkbox', '- [X] done', true],
    ['checkbox', '- [ ] done', false],
    ['checkbox', 'yes', true],
    ['issue', '#12', true],
    ['issue', 'octo/harbor#12', true],
    ['issue', 'https://github.com/o/r/issues/3', true],
    ['issue', 'twelve', false],
    ['commit', '1a2b3c4', true],
    ['commit', 'https://github.com/o/r/commit/1a2b3c4d5e', true],
    ['commit', 'main', false],
    ['text', 'anything', true],
  ];
  it.each(kinds)('as %s takes "%s": %s', (is, value, isValid) => {
    const status = read({ rule: `{ field: Proof, is: ${is} }`, body: `### Proof\n\n${value}` });
    expect(status?.state).toBe(isValid ? 'present' : 'invalid');
  });

  const DOCS = '{ field: Docs updated, is: checkbox }';
  const boxes: readonly [title: string, Case, Omit<ArtifactStatus, 'field'>][] = [
    [
      'a group with every box ticked',
      { body: '### Docs updated\n\n- [x] Guide\n- [X] Reference\n\n### Notes\n\n- [ ] later' },
      { state: 'present', value: '2 of 2 ticked', place: 'issue form' },
    ],
    [
      'a group with an open box as invalid',
      { body: '### Docs updated\n\n- [x] Guide\n- [ ] Reference' },
      { state: 'invalid', value: '1 of 2 ticked', place: 'issue form' },
    ],
    [
      'a single box of a group by its text',
      { body: '### Before review\n\n- [ ] Tests written\n- [x] **Docs** updated' },
      { state: 'present', value: '1 of 1 ticked', place: 'checkbox in the body' },
    ],
    [
      'a single open box of a task list as invalid',
      { body: 'To do:\n\n* [x] Tests written\n  1. [ ] docs updated' },
      { state: 'invalid', value: '0 of 1 ticked', place: 'checkbox in the body' },
    ],
    [
      'a single box in a pull request',
      { pulls: ['- [x] Docs updated'] },
      { state: 'present', value: '1 of 1 ticked', place: 'body of octo/harbor#41' },
    ],
    [
      'no box in code, a quote or a comment',
      { body: '```\n- [x] Docs updated\n```\n\n> - [x] Docs updated\n\n<!--\n- [x] Docs updated\n-->' },
      { state: 'missing', value: null, place: null },
    ],
    [
      'no tick in the code of an answer',
      { body: '### Docs updated\n\n```\n- [x] Guide\n```' },
      { state: 'invalid', value: '```\n- [x] Guide\n```', place: 'issue form' },
    ],
    [
      'a line that says so',
      { body: 'Docs updated: [x]' },
      { state: 'present', value: '[x]', place: 'Docs updated: line in the body' },
    ],
  ];
  it.each(boxes)('takes %s', (_title, given, status) => {
    expect(read({ rule: DOCS, ...given })).toEqual({ field: 'Docs updated', ...status });
  });

  it('takes a single box only for a rule that asks for one', () => {
    expect(read({ rule: '{ field: Docs updated, is: text }', body: '- [x] Docs updated' })?.state).toBe('missing');
  });

  it('keeps hash signs of an answer as they are', () => {
    const status = read({ rule: '{ field: Notes, is: text }', body: '### Notes\n\n#### a\n`### b` ## c' });
    expect(status?.value).toBe('#### a\n`### b` ## c');
  });

  it('is empty without rules', () => {
    expect(readArtifacts(question({ rule: '' }))).toEqual([]);
  });

  it('reads back any one-line answer of a form', () => {
    const answer = fc.stringMatching(/^[A-Za-z][A-Za-z0-9 #:/.-]{0,60}[A-Za-z0-9]$/);
    fc.assert(
      fc.property(answer, (value) => {
        fc.pre(!['none', 'tbd'].includes(value.toLowerCase()));
        const body = `### Before\n\nx\n\n### Proof\n\n${value}\n\n### After\n\ny`;
        expect(read({ rule: '{ field: Proof, is: text }', body })?.value).toBe(value);
      }),
    );
  });

  const hostile: readonly [string, string][] = [
    ['spaces in a heading', `### Evidence${' '.repeat(65_000)}x`],
    ['many headings', '### Evidence\n'.repeat(5_000)],
    ['many hashes', `### Evidence\n${'#'.repeat(65_000)}`],
    ['open comments', `Evidence: x\n${'<!--'.repeat(16_000)}`],
    ['empty lines in an answer', `### Evidence\n\na${'\n'.repeat(65_000)}b`],
    ['many groups of boxes', '### Evidence\n- [ ] a\n'.repeat(3_000)],
    ['many boxes', '- [x] Evidence\n'.repeat(4_000)],
    ['open brackets', `Evidence: ${'[ ] '.repeat(16_000)}`],
    ['open declarations', `Evidence: ${'<!A'.repeat(20_000)}`],
    ['open instructions', `Evidence: ${'<?'.repeat(30_000)}`],
  ];
  // What takes quadratic time here does not end within the time that a test is given.
  it.each(hostile)('comes to an end on %s', (_title, body) => {
    expect(read({ body })?.field).toBe('Evidence');
    expect(read({ rule: '{ field: Evidence, is: checkbox }', body })?.field).toBe('Evidence');
  });
});

const field = (name: string, value: string) => ({ name, value, isMembersOnly: false });
const gap = { cause: 'forbidden', what: 'issue fields of octo/harbor#12' } as const;

describe('an issue field', () => {
  const LINK = known([field(' EVIDENCE', 'https://field.example ')]);
  const present = { state: 'present', value: 'https://field.example', place: 'issue field' } as const;
  const missing = { state: 'missing', value: null, place: null } as const;

  it.each<[title: string, Case, Omit<ArtifactStatus, 'field'>]>([
    ['counts under its name in any case', { issueFields: LINK }, present],
    [
      'stands behind the form',
      { issueFields: LINK, body: FORM },
      { state: 'present', value: 'https://ci.example/run/7', place: 'issue form' },
    ],
    [
      'stands behind the pull request',
      { issueFields: LINK, pulls: ['Evidence: https://pull.example'] },
      { state: 'present', value: 'https://pull.example', place: 'body of octo/harbor#41' },
    ],
    ['is part of the task', { issueFields: LINK, rule: '{ field: Evidence, is: url, in: task }' }, present],
    ['is no part of a pull request', { issueFields: LINK, rule: '{ field: Evidence, in: pull_request }' }, missing],
    [
      'is checked like any other value',
      { issueFields: known([field('Evidence', 'soon')]) },
      { state: 'invalid', value: 'soon', place: 'issue field' },
    ],
    ['says nothing with a word for nothing', { issueFields: known([field('Evidence', 'N/A')]) }, missing],
    ['of another name says nothing', { issueFields: known([field('Proof', 'https://field.example')]) }, missing],
    ['counts where pull requests are unread', { issueFields: LINK, isPullRequestUnread: true }, present],
    [
      'that was not read leaves a needed field unknown',
      { issueFields: unknown(gap) },
      { ...missing, state: 'unknown' },
    ],
    [
      'that was not read decides nothing before its state',
      { issueFields: unknown(gap), state: 'in_progress' },
      { ...missing, state: 'not_yet_needed' },
    ],
    [
      'that was not read decides nothing for a pull request',
      { issueFields: unknown(gap), rule: '{ field: Evidence, in: pull_request }' },
      missing,
    ],
    [
      'cannot hold anything where the server has none',
      { issueFields: unknown({ ...gap, cause: 'not_supported' }) },
      missing,
    ],
  ])('%s', (_title, given, status) => {
    expect(read(given)).toEqual({ field: 'Evidence', ...status });
  });

  it('never stands for the branch', () => {
    const given = { rule: '{ field: Branch }', issueFields: known([field('Branch', 'main')]) };
    expect(read(given)).toEqual({ field: 'Branch', ...missing });
  });
});

describe('needsIssueFields', () => {
  it.each<[title: string, Case, boolean]>([
    ['a required field that is nowhere', {}, true],
    ['one that may stand in an unread pull request', { isPullRequestUnread: true }, true],
    ['one of a task in an unknown state', { state: 'unknown' }, true],
    ['the second of two', { body: 'A: here', rule: '{ field: A }, { field: B }' }, true],
    ['not one that was found', { body: FORM }, false],
    ['one with a wrong value', { body: 'Evidence: soon' }, true],
    ['not one with a wrong value that is not required yet', { body: 'Evidence: soon', state: 'in_progress' }, false],
    ['not one that is not required yet', { state: 'in_progress' }, false],
    ['not one of a dropped task', { state: 'dropped' }, false],
    ['not one that counts in pull requests alone', { rule: '{ field: Evidence, in: pull_request }' }, false],
    ['not the branch', { rule: '{ field: Branch }' }, false],
    ['nothing without rules', { rule: '' }, false],
  ])('%s', (_title, given, needs) => {
    expect(needsIssueFields(question(given))).toBe(needs);
  });
});

describe('missingFields', () => {
  const fields = (given: Case): readonly string[] => {
    const asked = question(given);
    return missingFields(readArtifacts(asked), asked);
  };

  it('names missing and invalid fields that are needed now', () => {
    const rule = '{ field: A }, { field: B, is: url }, { field: C, from: done }, { field: D }';
    expect(fields({ rule, body: 'B: no link\nD: here' })).toEqual(['A', 'B']);
  });

  it('does not mind an invalid value before it is needed', () => {
    expect(fields({ body: 'Evidence: soon', state: 'in_progress' })).toEqual([]);
  });
});
