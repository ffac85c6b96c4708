import { neutralizeKeepingLinks, shorten, visibleLine } from '../../markdown.ts';
import { replaceTaskItems } from '../../markdown-tasks.ts';
import { createItemIds, slugOf } from '../../plan/item-ids.ts';
import { numberOfItem } from '../../plan/made-numbers.ts';
import type { PlanDraft, PlanEvidence, PlanItem, PlanNote } from '../../plan/plan.ts';
import { shortHash } from '../../short-hash.ts';
import { formatRef, type Ref, refKey, sameRef } from '../../task/identity.ts';
import { byKey, scaffoldKey } from './match-children.ts';
import type { ChecklistEntry } from './read-checklist.ts';
import type { ScaffoldChild, ScaffoldFacts } from './scaffold-facts.ts';

/** What an item of a checklist names. */
export interface NamedIssue {
  readonly ref: Ref;
  readonly isPullRequest: boolean;
  readonly parent: Ref | null;
}

interface ChecklistQuestion {
  readonly facts: ScaffoldFacts;
  readonly entries: readonly ChecklistEntry[];
  /** By `refKey`; what cannot be found is not in it. */
  readonly named: ReadonlyMap<string, NamedIssue>;
}

/** GitHub lets an issue have this many children. */
const MAX_ENTRIES = 100;
const MAX_TITLE_LENGTH = 256;

/**
 * Makes a child of each open item of an umbrella's checklist, links those that name an issue, and last of all puts the
 * number in the place of the words. What was made before is not made again; only its number is put in.
 */
export function planChecklist({ facts, entries, named }: ChecklistQuestion): PlanDraft {
  const { ref, body } = facts.umbrella;
  const ids = createItemIds();
  const taken = entries.slice(0, MAX_ENTRIES);
  const links = taken.map((entry) => linkOf(entry, { facts, named, ids }));
  const tasks = keyed(taken.filter((entry) => entry.ref === null)).map((one) => taskOf(one, { facts, ids }));
  const known = tasks.flatMap(({ entry, child }) =>
    child === null ? [] : [{ item: entry.item, text: formatRef(child.ref, ref) }],
  );
  const made = tasks.flatMap(({ entry, item }) =>
    item === null ? [] : [{ item: entry.item, text: numberOfItem(item.id), by: item.id }],
  );
  const standing = tasks.flatMap(({ entry, child }) => (child === null ? [] : [entry]));
  const planned = tasks.flatMap(({ entry, item }) => (item === null ? [] : [entry]));
  const afterKnown = replaceTaskItems(body, known);
  const creations = tasks.flatMap(({ item }) => item ?? []);
  return {
    kind: 'scaffold',
    repository: { owner: ref.owner, repo: ref.repo },
    umbrella: ref,
    items: [
      ...(known.length === 0
        ? []
        : [bodyItem('body-known', facts, { expected: body, body: afterKnown, needs: [], entries: standing })]),
      ...links.flatMap(({ item }) => item ?? []),
      ...creations,
      ...(made.length === 0
        ? []
        : [
            bodyItem('body', facts, {
              expected: afterKnown,
              body: replaceTaskItems(body, [...known, ...made]),
              needs: made.map(({ by }) => by),
              entries: planned,
            }),
          ]),
    ],
    notes: [
      ...links.flatMap(({ note }) => note ?? []),
      ...tasks.flatMap(({ entry, child }) => (child === null ? [] : [standsNote(entry, child)])),
      ...(entries.length > MAX_ENTRIES ? [tooMany(entries.length, ref)] : []),
    ],
  };
}

interface Linked {
  readonly item: PlanItem | null;
  readonly note: PlanNote | null;
}

interface Linking {
  readonly facts: ScaffoldFacts;
  readonly named: ChecklistQuestion['named'];
  readonly ids: (wanted: string) => string;
}

/** An issue with another parent keeps it: a person has to move it. */
function linkOf(entry: ChecklistEntry, { facts, named, ids }: Linking): Linked {
  const { ref: umbrella } = facts.umbrella;
  if (entry.ref === null || facts.children.some(({ ref }) => entry.ref !== null && sameRef(ref, entry.ref)))
    return { item: null, note: null };
  const issue = named.get(refKey(entry.ref));
  const obstacle = obstacleTo(issue, entry.ref, facts);
  if (obstacle !== null || issue === undefined)
    return { item: null, note: { kind: 'not_linked', text: obstacle ?? '', about: entry.ref } };
  const item: PlanItem = {
    id: ids(`link-${issue.ref.number}`),
    change: { kind: 'add_sub_issue', parent: umbrella, child: issue.ref, replaceParent: false },
    needs: [],
    selected: true,
    evidence: [evidenceOf(entry, umbrella)],
  };
  return { item, note: null };
}

function obstacleTo(issue: NamedIssue | undefined, named: Ref, facts: ScaffoldFacts): string | null {
  const { ref: umbrella } = facts.umbrella;
  if (issue === undefined) return 'The checklist names it, and it cannot be found or seen.';
  if (issue.isPullRequest) return 'The checklist names it; a pull request cannot be a child.';
  if (sameRef(issue.ref, umbrella)) return 'The checklist of an umbrella names the umbrella itself.';
  if (named.owner.toLowerCase() !== umbrella.owner.toLowerCase())
    return 'The checklist names it; an issue of another owner cannot be a child.';
  if (facts.ancestors.some((above) => sameRef(above, issue.ref)))
    return 'The checklist names it, but it stands above this umbrella, which would be its own ancestor.';
  if (issue.parent === null || sameRef(issue.parent, umbrella)) return null;
  return `The checklist names it, but it has a parent, ${formatRef(issue.parent, umbrella)}: move it with umbrella move.`;
}

interface KeyedEntry {
  readonly entry: ChecklistEntry;
  readonly key: string;
}

/** By its words, so that an item that was moved is still the same; of equal ones each has its own. */
function keyed(entries: readonly ChecklistEntry[]): readonly KeyedEntry[] {
  const ids = createItemIds();
  return entries.map((entry) => ({
    entry,
    key: scaffoldKey('checklist', ids(shortHash(entry.item.text.toLowerCase()))),
  }));
}

interface PlannedTask {
  readonly entry: ChecklistEntry;
  /** What stands for it already. */
  readonly child: ScaffoldChild | null;
  readonly item: PlanItem | null;
}

function taskOf({ entry, key }: KeyedEntry, { facts, ids }: Pick<Linking, 'facts' | 'ids'>): PlannedTask {
  const { text } = entry.item;
  const title = shorten(visibleLine(text), MAX_TITLE_LENGTH);
  const alike = facts.children.find((child) => child.title.trim().toLowerCase() === title.toLowerCase());
  const child = byKey(facts.children.filter(({ isOwn }) => isOwn)).get(key) ?? alike ?? null;
  if (child !== null) return { entry, child, item: null };
  const { ref } = facts.umbrella;
  const item: PlanItem = {
    id: ids(`create-${slugOf(text).slice(0, 40) || 'item'}`),
    change: {
      kind: 'create_issue',
      repository: { owner: ref.owner, repo: ref.repo },
      parent: ref,
      key,
      title,
      body: saysMore(entry.item.source, title) ? neutralizeKeepingLinks(entry.item.source) : '',
      labels: [],
      assignees: [],
      milestone: null,
      issueType: null,
    },
    needs: [],
    selected: true,
    evidence: [evidenceOf(entry, ref)],
  };
  return { entry, child: null, item };
}

/** An address, a comment or a long text; emphasis says nothing. */
function saysMore(source: string, title: string): boolean {
  const plain = (text: string): string => visibleLine(text.replace(/[*_~\\]/g, ''));
  return plain(source) !== plain(title);
}

const evidenceOf = ({ item }: ChecklistEntry, umbrella: Ref): PlanEvidence => ({
  rule: 'checklist',
  quote: shorten(item.text, 200),
  in: umbrella,
  path: null,
  line: item.start + 1,
  confidence: null,
});

interface BodyEdit {
  readonly expected: string;
  readonly body: string;
  readonly needs: readonly string[];
  /** Whose words give way to a number. */
  readonly entries: readonly ChecklistEntry[];
}

function bodyItem(id: string, { umbrella }: ScaffoldFacts, { expected, body, needs, entries }: BodyEdit): PlanItem {
  return {
    id,
    change: { kind: 'update_issue_body', on: umbrella.ref, expected, body },
    needs,
    selected: true,
    evidence: entries.map((entry) => evidenceOf(entry, umbrella.ref)),
  };
}

function standsNote({ item }: ChecklistEntry, { ref }: ScaffoldChild): PlanNote {
  return { kind: 'made', text: `It stands for the item "${shorten(visibleLine(item.text), 80)}" already.`, about: ref };
}

const tooMany = (count: number, about: Ref): PlanNote => ({
  kind: 'too_many',
  text: `The checklist has ${count} open items; the first ${MAX_ENTRIES} are taken, as an issue can have no more children.`,
  about,
});
