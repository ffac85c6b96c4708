import type { RepositoryRef } from '../core/task/identity.ts';
import type { Gathering } from './gathering.ts';
import type { Connection, Maybe } from './nodes.ts';
import { noteGap } from './note-gap.ts';
import { MORE_LABELS } from './queries/readiness-queries.ts';

export type LabelPage = Maybe<Connection<{ readonly name: string }>>;

interface Answer {
  readonly repository: Maybe<{ readonly labels: LabelPage }>;
}

interface LabelSearch {
  readonly repository: RepositoryRef;
  /** What their names hold. */
  readonly text: string;
}

/** 2,000 labels after the first page; beyond, the rest is a gap. */
const MAX_PAGES = 20;

/** The names of labels after a first page of 100: one call per further 100. */
export async function loadMoreLabels(
  gathering: Gathering,
  { repository, text: label }: LabelSearch,
  first: LabelPage,
): Promise<readonly string[]> {
  const names: string[] = [];
  const what = `labels of ${repository.owner}/${repository.repo}`;
  await noteGap(gathering, { what, permission: 'issues: read' }, async () => {
    let page = first?.pageInfo;
    for (let count = 0; page?.hasNextPage === true; count += 1) {
      if (count === MAX_PAGES) return 'truncated';
      const variables = { ...repository, label, after: page.endCursor };
      const reply = await gathering.client.graphql<Answer>(MORE_LABELS, variables, { tried: `read the ${what}` });
      const list = reply.data.repository?.labels;
      if (list?.nodes == null) return reply.problems[0] ?? { type: null, message: 'no answer', path: [] };
      names.push(...list.nodes.flatMap((node) => (node ? [node.name] : [])));
      page = list.pageInfo;
    }
    return null;
  });
  return names;
}
