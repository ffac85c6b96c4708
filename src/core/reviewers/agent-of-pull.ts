import type { Config } from '../config.ts';
import { compileGlob } from '../glob.ts';
import { loginKey } from './past-change.ts';
import type { PullReviews } from './pull-reviews.ts';

export type AgentRules = Config['reviewers']['agents'];

/**
 * The agent that wrote a pull request: as a line such as `Agent: ada` in its text or in a commit names it, else a label
 * (`agent:ada`), else its author where that is a bot or an account of agents. Null where a person wrote it.
 */
export function agentOfPull(pull: PullReviews, rules: AgentRules): string | null {
  const { body, commits } = pull;
  // The last commit first: who came last goes on with it.
  const texts = [body, ...commits.map(({ message }) => message).toReversed()];
  return agentInTexts(texts, rules) ?? namedByLabel(pull, rules.labels) ?? namedByAuthor(pull, rules.logins);
}

/** The login, in lower case, of the account that an agent would have of its own: GraphQL shows `helper[bot]` as `helper`. */
export const accountOfAgent = (agent: string): string => loginKey(agent).replace(/^@|\[bot\]$/g, '');

/** A name is a word, and not longer than those that claims take. */
const NAME = '(\\S{1,100})';

/** The agent that a line such as `Agent: ada` names, in the first text that has one. */
export function agentInTexts(texts: readonly string[], { trailers }: Pick<AgentRules, 'trailers'>): string | null {
  if (trailers.length === 0) return null;
  const keys = trailers.map((key) => key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  const line = new RegExp(`^(?:${keys}): *${NAME} *$`, 'im');
  for (const text of texts) {
    const name = line.exec(text.replaceAll('\r', ''))?.[1];
    if (name !== undefined) return name;
  }
  return null;
}

function namedByLabel({ labels }: PullReviews, patterns: readonly string[]): string | null {
  for (const pattern of patterns) {
    const fits = compileGlob(pattern);
    const label = labels.find((one) => fits(one));
    if (label === undefined) continue;
    const [before = '', after, ...others] = pattern.split('*');
    const isNaming = after !== undefined && others.length === 0;
    return isNaming ? label.slice(before.length, label.length - after.length) : label;
  }
  return null;
}

function namedByAuthor({ author, isBot }: PullReviews, logins: readonly string[]): string | null {
  if (author === null) return null;
  return isBot || logins.some((login) => compileGlob(login.toLowerCase())(author.toLowerCase())) ? author : null;
}
