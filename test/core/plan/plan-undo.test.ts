import { describe, expect, test } from 'vitest';
import { withIssueMarker } from '../../../src/core/issue-marker.ts';
import { planUndo, type Undoing } from '../../../src/core/plan/plan-undo.ts';
import {
  effectStands,
  type IssueStanding,
  type LabelStanding,
  type PlannableChange,
  type Standing,
  standingOf,
} from '../../../src/core/plan/standing.ts';
import { ref } from '../build-facts.ts';

const issue = (rest: Partial<IssueStanding> = {}): IssueStanding => ({
  ref: ref(2),
  title: 'The API',
  body: 'Text',
  state: 'open',
  reason: null,
  labels: ['Urgent'],
  assignees: ['kim'],
  parent: ref(1),
  previous: ref(7),
  blockers: [ref(5)],
  blocking: [],
  milestone: null,
  issueType: null,
  comments: 0,
  children: 0,
  pullRequests: 0,
  branches: 0,
  ...rest,
});

const on = ref(2);
const child = ref(2);
const adding = { kind: 'add_sub_issue', parent: ref(1), child, replaceParent: true } as const;
const placing = { kind: 'place_sub_issue', parent: ref(1), child, after: ref(7) } as const;
const editing = { kind: 'update_issue_body', on, expected: 'Old', body: 'Text' } as const;
const place = (parent: number | null, previous: number | null = null): Standing => ({
  kind: 'place',
  parent: parent === null ? null : ref(parent),
  previous: previous === null ? null : ref(previous),
});
const there = (isThere: boolean): Standing => ({ kind: 'membership', isThere });
const repository = { owner: 'octo', repo: 'harbor' };
const making = { kind: 'create_label', repository, name: 'x', color: 'ffffff', description: '' } as const;
const deletion = { kind: 'delete_label', repository, name: 'x' } as const;
const labelled = (label: Partial<LabelStanding> | null): Standing => ({
  kind: 'label',
  label: label && { color: 'FFFFFF', description: '', carriers: [], moreCarriers: 0, ...label },
});
const text = (body: string): Standing => ({ kind: 'text', body });
const state = (value: 'open' | 'closed', reason: IssueStanding['reason'] = null): Standing => ({
  kind: 'state',
  state: value,
  reason,
});

type OnIssue = Parameters<typeof standingOf>[0];

describe('effectStands', () => {
  const cases: readonly [OnIssue, boolean][] = [
    [adding, true],
    [{ ...adding, parent: ref(3) }, false],
    [{ kind: 'remove_sub_issue', parent: ref(3), child }, true],
    [{ kind: 'remove_sub_issue', parent: ref(1), child }, false],
    [placing, true],
    [{ ...placing, after: null }, false],
    [{ kind: 'add_blocker', on, blocker: ref(5) }, true],
    [{ kind: 'remove_blocker', on, blocker: ref(5) }, false],
    [{ kind: 'add_label', on, label: 'urgent' }, true],
    [{ kind: 'remove_label', on, label: 'other' }, true],
    [{ kind: 'add_assignee', on, login: 'KIM' }, true],
    [{ kind: 'remove_assignee', on, login: 'kim' }, false],
    [{ ...editing, body: 'Text\r\n' }, true],
    [{ ...editing, body: 'Other' }, false],
    [{ kind: 'close_issue', on, reason: 'completed' }, false],
    [{ kind: 'reopen_issue', on }, true],
  ];
  test.each(cases)('%j: %s', (change, stands) => {
    expect(effectStands(change, standingOf(change, issue()))).toBe(stands);
  });
});

const AS_BEFORE: Undoing = { verdict: 'as_before' };
const revert = (...changes: readonly PlannableChange[]): Undoing => ({ verdict: 'revert', changes });
const keep = (reason: string): Undoing => ({ verdict: 'keep', reason });

describe('planUndo', () => {
  const cases: readonly [string, PlannableChange, Standing, Standing, Undoing][] = [
    ['a new link', adding, place(null), place(1, 7), revert({ kind: 'remove_sub_issue', parent: ref(1), child })],
    ['a link that is gone already', adding, place(null), place(null), AS_BEFORE],
    ['a link that somebody moved', adding, place(null), place(9), keep('somebody linked it under octo/harbor#9 since')],
    ['a move that somebody unlinked', adding, place(3, 4), place(null), keep('somebody unlinked it since')],
    [
      'a move',
      adding,
      place(3, 4),
      place(1),
      revert(
        { kind: 'add_sub_issue', parent: ref(3), child, replaceParent: true },
        { kind: 'place_sub_issue', parent: ref(3), child, after: ref(4) },
      ),
    ],
    ['a place', placing, place(1, 8), place(1, 7), revert({ ...placing, after: ref(8) })],
    ['a place that somebody changed', placing, place(1, 8), place(1, 9), keep('somebody moved it since')],
    [
      'a label',
      { kind: 'add_label', on, label: 'x' },
      there(false),
      there(true),
      revert({ kind: 'remove_label', on, label: 'x' }),
    ],
    ['a label taken off', { kind: 'remove_label', on, label: 'x' }, there(true), there(true), AS_BEFORE],
    [
      'an assignment',
      { kind: 'add_assignee', on, login: 'kim' },
      there(false),
      there(true),
      revert({ kind: 'remove_assignee', on, login: 'kim' }),
    ],
    [
      'a dependency taken away',
      { kind: 'remove_blocker', on, blocker: ref(5) },
      there(true),
      there(false),
      revert({ kind: 'add_blocker', on, blocker: ref(5) }),
    ],
    ['a text', editing, text('Old'), text('Text\r\n'), revert({ ...editing, expected: 'Text\r\n', body: 'Old' })],
    ['a text that somebody edited', editing, text('Old'), text('Mine'), keep('somebody edited the text since')],
    [
      'a closing',
      { kind: 'close_issue', on, reason: 'completed' },
      state('open'),
      state('closed'),
      revert({ kind: 'reopen_issue', on }),
    ],
    [
      'a reopening',
      { kind: 'reopen_issue', on },
      state('closed', 'not_planned'),
      state('open'),
      revert({ kind: 'close_issue', on, reason: 'not_planned' }),
    ],
    [
      'a reopened duplicate',
      { kind: 'reopen_issue', on },
      state('closed', 'duplicate'),
      state('open'),
      keep('it was closed as a duplicate, which cannot be said again'),
    ],
    ['a new label', making, labelled(null), labelled({}), revert(deletion)],
    ['a new label that is gone already', making, labelled(null), labelled(null), AS_BEFORE],
    [
      'a new label that an issue carries',
      making,
      labelled(null),
      labelled({ carriers: [ref(5)] }),
      keep('1 issue or pull request carries the label'),
    ],
    [
      'a new label that more carry than were read',
      making,
      labelled(null),
      labelled({ carriers: [ref(5)], moreCarriers: 2 }),
      keep('3 issues or pull requests carry the label'),
    ],
    [
      'a new label whose pull requests may not be read',
      making,
      labelled(null),
      labelled({ moreCarriers: null }),
      keep('nobody can tell whether a pull request carries the label'),
    ],
    [
      'a new label of another colour by now',
      making,
      labelled(null),
      labelled({ color: '00ff00' }),
      keep('somebody changed the label since'),
    ],
    [
      'a new label with another description by now',
      making,
      labelled(null),
      labelled({ description: 'For all' }),
      keep('somebody changed the label since'),
    ],
    [
      'a new label of a ledger that knows too little',
      making,
      there(false),
      labelled({}),
      keep('the ledger does not say what stood there before'),
    ],
  ];
  test.each(cases)('%s', (_, change, before, now, undoing) => {
    expect(planUndo(change, { before, after: null, now, isInDoubt: false })).toEqual(undoing);
  });

  test('a new label that only issues carry which were taken back', () => {
    const facts = { before: labelled(null), after: null, now: labelled({ carriers: [ref(5)] }), isInDoubt: false };
    expect(planUndo(making, { ...facts, takenBack: [ref(5)] })).toEqual(revert(deletion));
  });

  test('takes up a move back that was cut off before the old place, and overrules nobody there', () => {
    const facts = { before: place(3, 4), after: null, isInDoubt: true };
    expect(planUndo(adding, { ...facts, now: place(3, 9) })).toEqual(
      revert({ kind: 'place_sub_issue', parent: ref(3), child, after: ref(4) }),
    );
    expect(planUndo(adding, { ...facts, now: place(3, 4) })).toEqual(AS_BEFORE);
    expect(planUndo(editing, { ...facts, before: text('Old'), now: text('Mine') })).toMatchObject({ verdict: 'keep' });
  });
});

describe('the undo of a new issue', () => {
  const creating: PlannableChange = {
    kind: 'create_issue',
    repository: { owner: 'octo', repo: 'harbor' },
    parent: ref(1),
    key: 'api',
    title: 'The API',
    body: 'Text',
    labels: ['urgent'],
    assignees: ['kim'],
    milestone: null,
    issueType: null,
  };
  const made = (rest: Partial<IssueStanding> | null): Standing => ({
    kind: 'creation',
    made: rest === null ? null : issue({ blockers: [], ...rest }),
  });
  const close: PlannableChange = { kind: 'close_issue', on, reason: 'not_planned' };
  const unlink: PlannableChange = { kind: 'remove_sub_issue', parent: ref(1), child };
  const undo = (now: Standing, isInDoubt = false) =>
    planUndo(creating, { before: made(null), after: made({}), now, isInDoubt });

  test('closes and unlinks it', () => {
    expect(undo(made({}))).toEqual(revert(close, unlink));
    expect(undo(made({ state: 'closed', reason: 'not_planned', parent: null }))).toEqual(AS_BEFORE);
  });

  test('does what is left of it when it was cut off', () => {
    expect(undo(made({ state: 'closed', reason: 'not_planned' }), true)).toEqual(revert(unlink));
    expect(undo(made({ parent: null }), true)).toEqual(revert(close));
  });

  const touched: readonly [string, Partial<IssueStanding> | null][] = [
    ['somebody commented on it since', { comments: 1 }],
    ['it has sub-issues by now', { children: 1 }],
    ['somebody edited it since', { title: 'Mine' }],
    ['somebody edited it since', { body: 'Mine' }],
    ['somebody labelled it since', { labels: ['urgent', 'new'] }],
    ['somebody was assigned to it since', { assignees: ['kim', 'lena'] }],
    ['somebody took a label off it since', { labels: [] }],
    ['somebody was unassigned since', { assignees: [] }],
    ['what it waits for was changed since', { blockers: [ref(5)] }],
    ['what waits for it was changed since', { blocking: [ref(5)] }],
    ['its milestone was changed since', { milestone: 'v2' }],
    ['its type was changed since', { issueType: 'Bug' }],
    ['a pull request is linked to it by now', { pullRequests: 1 }],
    ['a branch is linked to it by now', { branches: 1 }],
    ['nobody can tell whether somebody works on it', { pullRequests: null }],
    ['somebody closed it since', { state: 'closed', reason: 'completed' }],
    ['somebody moved it since', { parent: ref(9) }],
    ['the issue cannot be found any more', null],
  ];
  test.each(touched)('keeps it: %s', (reason, rest) => {
    expect(undo(made(rest))).toEqual(keep(reason));
  });

  test('judges it by the change where nobody read it right after', () => {
    const facts = { before: made(null), after: null, isInDoubt: false };
    const body = withIssueMarker('Text', 'api');
    expect(planUndo(creating, { ...facts, now: made({ body }) })).toEqual(revert(close, unlink));
    expect(planUndo(creating, { ...facts, now: made({ body, labels: [] }) })).toEqual(
      keep('somebody took a label off it since'),
    );
  });
});
