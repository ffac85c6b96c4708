import type * as z from 'zod';
import { visibleLine } from '../../core/markdown.ts';
import type { planDrop } from '../../operations/plan-drop.ts';
import type { planList } from '../../operations/plan-list.ts';
import type { planShow } from '../../operations/plan-show.ts';
import type { RunReport } from '../../operations/run-items.ts';
import { nextOfPlan } from './next-of-plan.ts';
import { noteLine } from './note-line.ts';
import { type Column, printTable } from './print-table.ts';
import { detailLines } from './render-plan-item.ts';
import type { Colors, View } from './view.ts';
import { wrapLines } from './wrap-lines.ts';

type Shown = z.output<typeof planShow.output>;
type Item = RunReport['items'][number];
type Listed = z.output<typeof planList.output>;

/** `60 links, 2 labels · notifies 14 people and whoever watches octo/harbor (9) · about 1 min at GitHub's pace`, then the items and what is left alone. */
export function renderPlan(plan: Shown, view: View): string {
  const { colors, width } = view;
  const notes = plan.notes.map((note) => `${colors.yellow(`${signOf(note)}:`)} ${noteLine(note)}`);
  return [
    ...wrapLines([colors.bold(titleOf(plan)), dueText(plan), ''], width),
    printTable(columns(view), plan.items, view),
    ...plan.items.flatMap((item) => detailLines(item, view)),
    ...(notes.length === 0 ? [] : ['', ...wrapLines(notes, width)]),
    ...(plan.due.writes === 0
      ? []
      : ['', colors.dim(view.isInWorld ? nextOfPlan(plan.id, view) : `Apply it: parasol plan apply ${plan.id}`)]),
  ].join('\n');
}

/** What a note of this kind tells: of most, that something is not touched. */
const signOf = ({ kind }: Shown['notes'][number]): string => NOTE_SIGNS.get(kind) ?? 'left alone';

const NOTE_SIGNS: ReadonlyMap<string, string> = new Map([
  ['config', 'configuration'],
  ['lane_offered', 'offered'],
]);

/** What a run came to: totals, then each item that is not simply as it should be. */
export function renderRun(report: RunReport, view: View): string {
  const { colors, width } = view;
  const odd = report.items.filter(({ status }) => status !== 'done' && status !== 'undone');
  const left = report.leftOut === 0 ? '' : ` · ${report.leftOut} not asked for`;
  const counts = Object.entries(report.counts).map(([status, count]) => `${count} ${status}`);
  return [
    ...wrapLines(
      [`${titleOf(report)}: ${counts.join(', ')}${left}`, ...(report.note === null ? [] : [sentence(report.note)])],
      width,
    ),
    ...(odd.length === 0 ? [] : ['', printTable(columns(view), odd, view)]),
    ...(report.isComplete ? [] : ['', colors.yellow(`Not all of it: ${nextOfRun(report)}.`)]),
  ].join('\n');
}

const nextOfRun = ({ isResumable }: RunReport): string =>
  isResumable ? 'run the same command again to go on' : 'the rest takes a new plan';

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/** What was forgotten. */
export function renderDrop({ items, ...plan }: z.output<typeof planDrop.output>): string {
  return `${titleOf(plan)} is forgotten: ${items} ${items === 1 ? 'item' : 'items'}, none of them ever begun.`;
}

/** One line per plan. */
export function renderPlanList(listed: Listed, view: View): string {
  const { plans } = listed;
  if (plans.length === 0) return noPlansText(listed);
  const columns: readonly Column<Listed['plans'][number]>[] = [
    { title: 'Plan', cell: ({ id }) => id, isHeading: true },
    { title: 'Kind', cell: ({ kind }) => kind, isHeading: true },
    { title: 'For', cell: ({ umbrella, repository }) => visibleLine(umbrella ?? repository), canShrink: true },
    {
      title: 'Made',
      cell: ({ createdAt, createdBy }) =>
        `${createdAt.slice(0, 16)}${createdBy ? ` by ${visibleLine(createdBy)}` : ''}`,
    },
    { title: 'Items', cell: ({ items }) => String(items), align: 'right' },
    {
      title: 'Status',
      cell: ({ counts }) =>
        Object.entries(counts)
          .map(([status, count]) => `${count} ${status}`)
          .join(', '),
      canShrink: true,
    },
  ];
  return printTable(columns, plans, view);
}

/** Plans of another GitHub are there all the same, and take its address to be seen. */
function noPlansText({ host, repository, elsewhere }: Listed): string {
  const what = repository === null ? '' : ` for ${visibleLine(repository)}`;
  if (elsewhere.length === 0) return `No plan was made${what} yet.`;
  const others = elsewhere.map((one) => `${one.plans === 1 ? '1 plan' : `${one.plans} plans`} of ${one.host}`);
  return visibleLine(
    `No plan was made${what} on ${host} yet; this store keeps ${others.join(', ')} (GITHUB_API_URL names the GitHub).`,
  );
}

const titleOf = ({ id, kind, umbrella, repository }: Pick<Shown, 'id' | 'kind' | 'umbrella' | 'repository'>): string =>
  visibleLine(`Plan ${id} (${kind}) for ${umbrella ?? repository}`);

function dueText({ id, due, items }: Shown): string {
  const open = items.filter(({ status, selected }) => !selected && status === 'planned');
  if (due.writes === 0 && open.length > 0) return chooseText(id, open);
  if (due.writes === 0) return 'Nothing is left to apply.';
  const kinds = due.kinds.map(({ kind, count }) => countText(kind, count)).join(', ');
  return `${kinds} · ${audienceText(due)} · about ${durationText(due.seconds)} at GitHub's pace`;
}

function audienceText({ notifies, isAtLeast, watchers }: Shown['due']): string {
  if (notifies === null) return 'whom it notifies could not be read';
  const people = `${isAtLeast ? 'at least ' : ''}${notifies} ${notifies === 1 ? 'person' : 'people'}`;
  if (watchers.length === 0) return `notifies ${people}`;
  const watched = watchers.map(({ repository, count }) => `${repository} (${count ?? 'how many could not be read'})`);
  return visibleLine(`notifies ${people} and whoever watches ${watched.join(', ')}`);
}

function chooseText(id: string, [first, ...others]: readonly Item[]): string {
  const count = others.length === 0 ? '1 item is' : `${others.length + 1} items are`;
  return `Nothing is selected: ${count} only proposed. Choose with --only, such as: parasol plan apply ${id} --only ${first?.id ?? ''}`;
}

const WORDS: Readonly<Record<string, readonly [string, string]>> = {
  add_sub_issue: ['link', 'links'],
  remove_sub_issue: ['link less', 'links less'],
  place_sub_issue: ['place', 'places'],
  add_blocker: ['dependency', 'dependencies'],
  remove_blocker: ['dependency less', 'dependencies less'],
  add_label: ['label', 'labels'],
  remove_label: ['label less', 'labels less'],
  create_label: ['new label', 'new labels'],
  delete_label: ['label deleted', 'labels deleted'],
  create_issue: ['new issue', 'new issues'],
  update_issue_body: ['text', 'texts'],
  close_issue: ['closing', 'closings'],
  reopen_issue: ['reopening', 'reopenings'],
  add_assignee: ['assignment', 'assignments'],
  remove_assignee: ['assignment less', 'assignments less'],
};

const countText = (kind: string, count: number): string => `${count} ${WORDS[kind]?.[count === 1 ? 0 : 1] ?? kind}`;

function durationText(seconds: number): string {
  if (seconds < 90) return seconds < 45 ? `${seconds} s` : '1 min';
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

const columns = ({ colors }: View): readonly Column<Item>[] => [
  { title: 'Item', cell: ({ id, selected }) => (selected ? id : `${id} (proposed)`), isHeading: true },
  {
    title: 'What',
    cell: ({ what, issue }) => visibleLine(issue === null ? what : `${what} (${issue})`),
    canShrink: true,
    isHeading: true,
  },
  { title: 'Why', cell: whyText, canShrink: true },
  { title: 'Status', cell: (item) => statusText(item, colors), canShrink: true },
];

function whyText({ evidence, rule, confidence }: Item): string {
  const sure = confidence === null ? rule : `${rule}, ${confidence.toFixed(2)}`;
  return visibleLine(evidence === '' ? sure : `${evidence} (${sure})`);
}

function statusText({ status, reason }: Item, colors: Colors): string {
  const text = visibleLine(reason === null ? status : `${status}: ${reason}`);
  if (status === 'failed') return colors.red(text);
  if (status === 'done') return colors.green(text);
  return status === 'unknown' || status === 'started' || status === 'undoing' ? colors.yellow(text) : text;
}
