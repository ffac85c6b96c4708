import type { Config } from '../config.ts';
import type { ReviewModel } from './build-review-model.ts';
import type { ReviewSnapshot } from './review-snapshot.ts';

interface PoolFacts {
  readonly model: Pick<ReviewModel, 'reviewers' | 'past' | 'isEverybody'>;
  readonly snapshot: Pick<ReviewSnapshot, 'open' | 'past' | 'people' | 'repository'>;
  readonly config: Pick<Config['reviewers'], 'pool' | 'teams' | 'exclude' | 'agents'>;
}

/** What a reader has to know about how little there is to go by: of the past, and of people who can be asked. */
export function poolRemarks({ model, snapshot, config }: PoolFacts): readonly string[] {
  const { open, past, people } = snapshot;
  if (open.length + past.length === 0) return ['No pull request was ever opened here: there is nothing to go by yet.'];
  const [first, second] = model.reviewers.filter(({ hasAccess }) => hasAccess !== false);
  if (first === undefined) return [`Nobody can be asked for review: ${whyNobodyCan(people.known, config)}.`];
  const alone =
    second === undefined && people.known
      ? [`${onlyOne(first.login, { snapshot, config })}. Nobody reviews their own pull requests.`]
      : [];
  const isNew = model.past.every(({ reviews }) => reviews.length === 0);
  if (isNew) return [...alone, 'Nobody has reviewed here yet: pace and capacity are defaults.'];
  return model.isEverybody && second !== undefined ? [EVERYBODY] : alone;
}

const EVERYBODY =
  'Fewer than two people reviewed here of late or own files: everybody else whose approval counts here may be asked too, and whose role could not be read. `reviewers.pool` names who reviews.';

const isNaming = ({ pool, teams }: PoolFacts['config']): boolean => pool.length + teams.length > 0;

/** Who was looked at: those whom the configuration names, or everybody with access. */
function onlyOne(login: string, { snapshot: { repository }, config }: Omit<PoolFacts, 'model'>): string {
  if (isNaming(config))
    return `Of those whom ${NAMED} name, only ${login} can be asked here; others were not looked at`;
  const isAnyLeftOut = config.exclude.length + config.agents.logins.length > 0;
  const leftOut = isAnyLeftOut ? ', `reviewers.exclude` and `reviewers.agents` aside' : '';
  return `Only ${login} can be asked: nobody else has access to ${repository.owner}/${repository.repo}, as far as this token sees${leftOut}`;
}

const NAMED = '`reviewers.pool` and `reviewers.teams`';

function whyNobodyCan(isAccessKnown: boolean, config: PoolFacts['config']): string {
  if (isNaming(config)) return `nobody whom ${NAMED} name has access, as far as this token sees`;
  return isAccessKnown
    ? 'nobody has access, as far as this token sees'
    : 'nobody has reviewed or owns files here, and who has access could not be read';
}
