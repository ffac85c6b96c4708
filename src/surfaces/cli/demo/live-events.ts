import { addBlockedBy } from '../../../sandbox/actions/block-issue.ts';
import { closeIssue, reopenIssue } from '../../../sandbox/actions/close-issue.ts';
import { addSubIssue } from '../../../sandbox/actions/link-sub-issue.ts';
import { openIssue } from '../../../sandbox/actions/open-issue.ts';
import type { IssueRecord, ItemKey, World } from '../../../sandbox/world.ts';
import type { Cast } from './cast.ts';

interface LiveEvent {
  readonly name: string;
  /** What its button says. */
  readonly label: string;
  /** What would happen now; null when there is nothing that it could happen to. */
  readonly prepare: (world: World, cast: Cast) => { readonly said: () => string; readonly act: () => void } | null;
}

/** Things that a visitor of the live page can make happen, each on whatever fits at that moment. */
export const LIVE_EVENTS: readonly LiveEvent[] = [
  {
    name: 'close-child',
    label: 'Close a child',
    prepare: (world, cast) => {
      const child = children(world, cast).findLast(
        ({ issue }) => issue.state === 'open' && issue.children.length === 0,
      );
      if (child === undefined) return null;
      const act = () => closeIssue(world, cast.maintainer, { item: child.key });
      return { said: () => `${cast.maintainer} closes #${child.key.number} "${child.issue.title}"`, act };
    },
  },
  {
    name: 'reopen-child',
    label: 'Reopen a child',
    prepare: (world, cast) => {
      const child = children(world, cast).find(({ issue }) => issue.state === 'closed');
      if (child === undefined) return null;
      const act = () => reopenIssue(world, cast.maintainer, { item: child.key });
      return { said: () => `${cast.maintainer} reopens #${child.key.number} "${child.issue.title}"`, act };
    },
  },
  {
    name: 'block-child',
    label: 'Block a child',
    prepare: (world, cast) => {
      const open = children(world, cast).filter(({ issue }) => issue.state === 'open');
      const blocked = open.find(({ issue }) => issue.blockedBy.length === 0 && issue.blocking.length === 0);
      const blocker = open.find(({ key, issue }) => key.number !== blocked?.key.number && issue.blockedBy.length === 0);
      if (blocked === undefined || blocker === undefined) return null;
      const act = () => addBlockedBy(world, cast.maintainer, { blocked: blocked.key, blocker: blocker.key });
      return { said: () => `${cast.maintainer} says that #${blocker.key.number} blocks #${blocked.key.number}`, act };
    },
  },
  {
    name: 'add-child',
    label: 'Add a child',
    prepare: (world, cast) => {
      const title = `Look into it once more (${cast.repository.nextNumber})`;
      const act = (): void => {
        const { number } = openIssue(world, cast.maintainer, { repository: cast.repositoryKey, title });
        const child = { repository: cast.repositoryKey, number };
        addSubIssue(world, cast.maintainer, { parent: cast.umbrella, child });
      };
      return { said: () => `${cast.maintainer} adds the task "${title}" to #${cast.umbrella.number}`, act };
    },
  },
];

interface Child {
  readonly key: ItemKey;
  readonly issue: IssueRecord;
}

function children(world: World, { repository, umbrella }: Cast): readonly Child[] {
  const keys = repository.issues.get(umbrella.number)?.children ?? [];
  return keys.flatMap((key) => {
    const issue = world.repositories.get(key.repository)?.issues.get(key.number);
    return issue === undefined ? [] : [{ key, issue }];
  });
}
