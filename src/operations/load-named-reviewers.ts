import type { Config } from '../core/config.ts';
import { seatsMissing } from '../core/reviewers/choose-for-all.ts';
import { SUGGESTION_MARKER, suggestedIn } from '../core/reviewers/render-suggestion.ts';
import type { Reviewer, ReviewRequest } from '../core/reviewers/review-facts.ts';
import type { GivenRequest } from '../core/reviewers/with-given.ts';
import { formatRef, type RepositoryRef, refKey } from '../core/task/identity.ts';
import { findAllCommentsOfAnybody } from '../github/find-all-marked-comments.ts';
import type { MarkedComment } from '../github/find-marked-comment.ts';
import type { Gathering } from '../github/gathering.ts';
import { noteGap } from '../github/note-gap.ts';
import { CONFIG_PATH } from './config-in-force.ts';

interface NamedFacts {
  readonly config: Config;
  readonly requests: readonly ReviewRequest[];
  readonly reviewers: readonly Reviewer[];
}

interface NamedReviewers {
  /** Whom comments of Parasol name, where they name somebody. */
  readonly named: readonly GivenRequest[];
  readonly remarks: readonly string[];
}

/** Pull requests whose comments are read, twenty a call. */
const MOST_READ = 500;
/** Pull requests that a remark names. */
const MOST_TOLD = 3;
/** The account of every workflow: whoever may run one writes in its name. */
const EVERY_WORKFLOW = 'github-actions';

/**
 * Whom the App's suggestions name, for whoever else reads them: a person at a command line, or another bot. A comment counts
 * where the reader wrote it, or the bot of the App that the configuration calls `app`. A marker alone proves nothing, as
 * anybody may write one, and neither does a login, as a person may have the one that a bot is shown by. A bot that is not known and
 * writes such comments is told of in a remark. Costs a call for 20 pull requests that lack a reviewer, where reviewers are named.
 */
export async function loadNamedReviewers(
  gathering: Gathering,
  repository: RepositoryRef,
  { config, requests, reviewers }: NamedFacts,
): Promise<NamedReviewers> {
  const { mode, count } = config.reviewers;
  if (mode !== 'suggest' && mode !== 'assign') return { named: [], remarks: [] };
  const lacking = requests.filter((one) => seatsMissing(one, reviewers, { count, spared: () => 0 }) !== null);
  let found: ReadonlyMap<string, readonly MarkedComment[]> = new Map();
  await noteGap(gathering, { what: 'comments that name reviewers', permission: 'pull_requests: read' }, async () => {
    const numbers = lacking.slice(0, MOST_READ).map(({ ref }) => ref.number);
    found = await findAllCommentsOfAnybody(gathering.client, repository, { numbers, marker: SUGGESTION_MARKER });
    return lacking.length > MOST_READ ? 'truncated' : null;
  });
  const isBelieved = ({ isOwn, bot }: MarkedComment): boolean => isOwn || (bot !== null && bot === config.app);
  const told = lacking.map((request) => ({ request, comments: found.get(refKey(request.ref)) ?? [] }));
  return {
    named: told.flatMap(({ request, comments }) => {
      const logins = suggestedIn(comments.find(isBelieved)?.comment.body ?? '');
      return logins.length === 0 ? [] : [{ request, logins }];
    }),
    remarks: config.app === undefined ? remarksOnBots(told, repository) : [],
  };
}

interface Told {
  readonly request: ReviewRequest;
  readonly comments: readonly MarkedComment[];
}

function remarksOnBots(told: readonly Told[], repository: RepositoryRef): readonly string[] {
  const byBot = new Map<string, string[]>();
  for (const { request, comments } of told) {
    const bots = comments.flatMap(({ bot, isOwn, comment }) =>
      bot === null || isOwn || bot === EVERY_WORKFLOW || suggestedIn(comment.body).length === 0 ? [] : [bot],
    );
    for (const bot of new Set(bots)) byBot.set(bot, [...(byBot.get(bot) ?? []), formatRef(request.ref, repository)]);
  }
  return [...byBot].map(([bot, refs]) => {
    const more = refs.length - MOST_TOLD;
    const where = more > 0 ? `${refs.slice(0, MOST_TOLD).join(', ')} and ${more} more` : refs.join(', ');
    return `${bot}[bot] names reviewers on ${where}, which count for nothing here. If that is the App that Parasol runs as, say so in ${CONFIG_PATH}: \`app: ${bot}\`.`;
  });
}
