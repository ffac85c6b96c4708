import { withIssueMarker } from '../issue-marker.ts';
import { formatRef, type Ref, refKey, sameRef } from '../task/identity.ts';
import {
  effectStands,
  type IssueStanding,
  type PlannableChange,
  type Standing,
  sameName,
  sameRefOrNull,
  sameText,
} from './standing.ts';

/** What undoing one item comes to. */
export type Undoing =
  /** In this order. */
  | { readonly verdict: 'revert'; readonly changes: readonly PlannableChange[] }
  | { readonly verdict: 'as_before' }
  | { readonly verdict: 'keep'; readonly reason: string };

interface UndoFacts {
  /** As the ledger has it. */
  readonly before: Standing;
  /** Only for a created issue: how it looked right after; null when that could not be read. */
  readonly after: Standing | null;
  readonly now: Standing;
  /** Issues that the plan made and this undo has closed: what they carry is nobody's use of it. */
  readonly takenBack?: readonly Ref[];
  /** An undo of it was cut off: what is half reverted was half reverted by us. */
  readonly isInDoubt: boolean;
}

/** How to take a change back, and only where nobody changed it since: then it is kept, with the reason. */
export function planUndo(change: PlannableChange, facts: UndoFacts): Undoing {
  const { before, now, isInDoubt } = facts;
  if (change.kind === 'create_issue') return undoCreation(change, facts);
  if (change.kind === 'create_label') return undoLabel(change, facts);
  if (isAsBefore(before, now, isInDoubt)) return { verdict: 'as_before' };
  const isHalfway = isInDoubt && isHalfBack(before, now);
  if (!isHalfway && !effectStands(change, now)) return keep(changedSince(change, now));
  return changesBack(change, before, now);
}

type Change<Kind extends PlannableChange['kind']> = Extract<PlannableChange, { kind: Kind }>;

/** Taken back by hand counts as before; a link that somebody restored is not put at its old position after that. */
function isAsBefore(before: Standing, now: Standing, isInDoubt: boolean): boolean {
  if (before.kind === 'place' && now.kind === 'place') {
    const isSameParent = sameRefOrNull(before.parent, now.parent);
    return isSameParent && (sameRefOrNull(before.previous, now.previous) || (before.parent === null && !isInDoubt));
  }
  if (before.kind === 'membership' && now.kind === 'membership') return before.isThere === now.isThere;
  if (before.kind === 'text' && now.kind === 'text') return sameText(before.body, now.body);
  return before.kind === 'state' && now.kind === 'state' && before.state === now.state;
}

/** Linked again where it was, and not yet put at its old place there. */
function isHalfBack(before: Standing, now: Standing): boolean {
  return before.kind === 'place' && now.kind === 'place' && sameRefOrNull(before.parent, now.parent);
}

function changesBack(
  change: Exclude<PlannableChange, Change<'create_issue' | 'create_label'>>,
  before: Standing,
  now: Standing,
): Undoing {
  switch (change.kind) {
    case 'add_sub_issue':
    case 'remove_sub_issue':
    case 'place_sub_issue':
      return before.kind === 'place' && now.kind === 'place' ? replaced(change.child, before, now) : keep(UNREADABLE);
    case 'add_blocker':
      return revert({ ...change, kind: 'remove_blocker' });
    case 'remove_blocker':
      return revert({ ...change, kind: 'add_blocker' });
    case 'add_label':
      return revert({ ...change, kind: 'remove_label' });
    case 'remove_label':
      return revert({ ...change, kind: 'add_label' });
    case 'add_assignee':
      return revert({ ...change, kind: 'remove_assignee' });
    case 'remove_assignee':
      return revert({ ...change, kind: 'add_assignee' });
    case 'delete_label':
      return keep('a label that was deleted is not made again: nobody knows any more what carried it');
    case 'update_issue_body':
      return before.kind === 'text' && now.kind === 'text'
        ? revert({ ...change, expected: now.body, body: before.body })
        : keep(UNREADABLE);
    case 'close_issue':
      return revert({ kind: 'reopen_issue', on: change.on });
    case 'reopen_issue':
      return before.kind === 'state' ? closedAgain(change.on, before.reason) : keep(UNREADABLE);
  }
}

/** Deleted only while it is as the plan made it and nothing carries it. */
function undoLabel(change: Change<'create_label'>, { before, now, takenBack = [] }: UndoFacts): Undoing {
  if (before.kind !== 'label' || now.kind !== 'label') return keep(UNREADABLE);
  if (before.label !== null || now.label === null) return { verdict: 'as_before' };
  const { color, description, carriers, moreCarriers } = now.label;
  const others = carriers.filter((ref) => !takenBack.some((one) => sameRef(one, ref)));
  if (!sameName(color, change.color) || !sameText(description, change.description)) {
    return keep('somebody changed the label since');
  }
  if (moreCarriers === null) return keep('nobody can tell whether a pull request carries the label');
  const count = others.length + moreCarriers;
  if (count > 0)
    return keep(
      `${count} ${count === 1 ? 'issue or pull request carries' : 'issues or pull requests carry'} the label`,
    );
  return revert({ kind: 'delete_label', repository: change.repository, name: change.name });
}

const UNREADABLE = 'the ledger does not say what stood there before';

type Place = Extract<Standing, { kind: 'place' }>;

function replaced(child: Ref, before: Place, now: Place): Undoing {
  const { parent, previous } = before;
  if (parent === null) {
    return now.parent === null
      ? { verdict: 'as_before' }
      : revert({ kind: 'remove_sub_issue', parent: now.parent, child });
  }
  const place = { kind: 'place_sub_issue', parent, child, after: previous } as const;
  if (sameRefOrNull(parent, now.parent)) return revert(place);
  return revert({ kind: 'add_sub_issue', parent, child, replaceParent: now.parent !== null }, place);
}

function closedAgain(on: Ref, reason: IssueStanding['reason']): Undoing {
  if (reason === 'duplicate') return keep('it was closed as a duplicate, which cannot be said again');
  return revert({ kind: 'close_issue', on, reason: reason === 'not_planned' ? 'not_planned' : 'completed' });
}

/** Closed as not planned and unlinked, never deleted; with anything of anybody's in it, it stays. */
function undoCreation(change: Change<'create_issue'>, { now, after, isInDoubt }: UndoFacts): Undoing {
  const made = now.kind === 'creation' ? now.made : null;
  if (made === null) return keep('the issue cannot be found any more');
  const isClosed = made.state === 'closed' && made.reason === 'not_planned';
  if (isClosed && made.parent === null) return { verdict: 'as_before' };
  const born = after?.kind === 'creation' ? after.made : null;
  const touched = touchOn(made, { ...bornBy(change), ...born });
  if (touched !== null) return keep(touched);
  if (!isInDoubt && made.state === 'closed') return keep('somebody closed it since');
  if (!isInDoubt && !sameRefOrNull(made.parent, change.parent)) return keep('somebody moved it since');
  const changes: PlannableChange[] = [];
  if (made.state === 'open') changes.push({ kind: 'close_issue', on: made.ref, reason: 'not_planned' });
  if (made.parent !== null) changes.push({ kind: 'remove_sub_issue', parent: made.parent, child: made.ref });
  return revert(...changes);
}

type Born = Pick<
  IssueStanding,
  'title' | 'body' | 'labels' | 'assignees' | 'blockers' | 'blocking' | 'milestone' | 'issueType'
>;

/** As the change made it, where nobody read it right after. */
function bornBy({ title, body, key, labels, assignees, milestone, issueType }: Change<'create_issue'>): Born {
  const marked = withIssueMarker(body, key);
  return { title, body: marked, labels, assignees, milestone, issueType, blockers: [], blocking: [] };
}

/** What somebody did to it since, in words; null when it is as it was born. What cannot be read is no reason to close it. */
function touchOn(made: IssueStanding, born: Born): string | null {
  if (made.comments > 0) return 'somebody commented on it since';
  if (made.children > 0) return 'it has sub-issues by now';
  if (!sameText(made.title, born.title) || !sameText(made.body, born.body)) return 'somebody edited it since';
  return (
    workOn(made) ??
    listTouch(made.labels, born.labels, ['somebody labelled it since', 'somebody took a label off it since']) ??
    listTouch(made.assignees, born.assignees, ['somebody was assigned to it since', 'somebody was unassigned since']) ??
    listTouch(made.blockers.map(refKey), born.blockers.map(refKey), twice('what it waits for was changed since')) ??
    listTouch(made.blocking.map(refKey), born.blocking.map(refKey), twice('what waits for it was changed since')) ??
    listTouch(nameIn(made.milestone), nameIn(born.milestone), twice('its milestone was changed since')) ??
    listTouch(nameIn(made.issueType), nameIn(born.issueType), twice('its type was changed since'))
  );
}

function workOn({ pullRequests, branches }: IssueStanding): string | null {
  if (pullRequests === null || branches === null) return 'nobody can tell whether somebody works on it';
  if (pullRequests > 0) return 'a pull request is linked to it by now';
  return branches > 0 ? 'a branch is linked to it by now' : null;
}

/** `[something new, something gone]`. */
function listTouch(now: readonly string[], before: readonly string[], [added, gone]: readonly [string, string]) {
  const lacks = (names: readonly string[], name: string) => !names.some((one) => sameName(one, name));
  if (now.some((name) => lacks(before, name))) return added;
  return before.some((name) => lacks(now, name)) ? gone : null;
}

const twice = (reason: string): readonly [string, string] => [reason, reason];

const nameIn = (name: string | null): readonly string[] => (name === null ? [] : [name]);

function changedSince(change: PlannableChange, now: Standing): string {
  if (now.kind === 'text') return 'somebody edited the text since';
  if (now.kind !== 'place' || change.kind === 'create_issue') return 'somebody changed it since';
  if (now.parent === null) return 'somebody unlinked it since';
  return change.kind === 'place_sub_issue' && sameRefOrNull(now.parent, change.parent)
    ? 'somebody moved it since'
    : `somebody linked it under ${formatRef(now.parent)} since`;
}

const keep = (reason: string): Undoing => ({ verdict: 'keep', reason });

const revert = (...changes: readonly PlannableChange[]): Undoing => ({ verdict: 'revert', changes });
