import type { CommentChange } from './change.ts';
import { parseConfig } from './config.ts';
import type { ConfigProblem } from './config-problem.ts';
import { neutralizeInline, renderLink } from './markdown.ts';
import { buildMarker } from './marker.ts';
import { planOwnComment } from './plan-own-comment.ts';
import type { Ref } from './task/identity.ts';
import type { OwnComment } from './umbrella/snapshot.ts';

/** The marker of the comment on a pull request that breaks the configuration. */
export const CONFIG_REVIEW_MARKER = buildMarker('config-review', 1);

export interface ConfigReviewFacts {
  readonly pullRequest: Ref;
  readonly url: string;
  readonly isOpen: boolean;
  /** The pull request itself changes the file; one that only lags behind its base does not. */
  readonly isChanged: boolean;
  /** The file at the head; null when there is none. */
  readonly headText: string | null;
  /** The base branch has the file. */
  readonly hasBaseFile: boolean;
  /** What the configuration in force wants: that of the default branch and of the owner. */
  readonly wish: 'wanted' | 'unwanted' | 'unconfigured' | 'unreadable';
  /** Whether the author may write in the repository; `unasked` while nothing depends on it. */
  readonly authorMayWrite: boolean | 'unasked';
  readonly ownComment: Pick<OwnComment, 'id' | 'body' | 'copies'> | null;
}

/** Whether it must be known who the author is: nothing is in force, and there would be something to say. */
export function needsAuthorsRole(facts: ConfigReviewFacts): boolean {
  const { isOpen, ownComment } = facts;
  return isOpen && dependsOnAuthor(facts) && ownComment === null && problemsAtHead(facts).length > 0;
}

/**
 * What is to be written on a pull request that changes `.github/parasol.yml`. The first line that fits holds:
 *
 * | the pull request                                                        | change                      |
 * | ----------------------------------------------------------------------- | --------------------------- |
 * | is closed, or the mode in force is `off` or `observe`                   | none                        |
 * | has our comment already                                                 | that one says what is so now |
 * | brings no problem                                                       | none                        |
 * | brings one; nobody can tell what is wanted, and there is no file yet    | none                        |
 * | brings one; something is in force, or the author may write here         | one comment                 |
 * | brings one, as a stranger, where nothing is in force                    | none                        |
 */
export function planConfigReview(facts: ConfigReviewFacts): readonly CommentChange[] {
  const { isOpen, wish, ownComment, pullRequest } = facts;
  if (!isOpen || wish === 'unwanted') return [];
  const problems = problemsAtHead(facts);
  if (ownComment === null && (problems.length === 0 || !mayBegin(facts))) return [];
  const body = problems.length === 0 ? renderResolved(facts) : renderProblems(facts, problems);
  return planOwnComment({ ownComment, on: pullRequest, marker: CONFIG_REVIEW_MARKER, body });
}

function mayBegin(facts: ConfigReviewFacts): boolean {
  if (dependsOnAuthor(facts)) return facts.authorMayWrite === true;
  return facts.wish !== 'unreadable';
}

/** The first file, or one that tries to mend a file that was never valid. */
const dependsOnAuthor = ({ wish, hasBaseFile }: ConfigReviewFacts): boolean =>
  hasBaseFile ? wish === 'unreadable' : wish === 'unconfigured';

function problemsAtHead({ isChanged, headText }: ConfigReviewFacts): readonly ConfigProblem[] {
  return isChanged && headText !== null ? parseConfig({ text: headText, ownerText: null }).problems : [];
}

const PATH = '`.github/parasol.yml`';

function renderProblems({ url, headText }: ConfigReviewFacts, problems: readonly ConfigProblem[]): string {
  const lines = (headText ?? '').split('\n');
  const changed = renderLink('this pull request', `${url}/files`);
  return [
    CONFIG_REVIEW_MARKER,
    `### ${PATH} is not valid`,
    '',
    `What is wrong with it in ${changed}:`,
    '',
    '| Line | Text | Reason | Fix |',
    '| ---: | --- | --- | --- |',
    ...problems.map((problem) => renderProblem(problem, lines[problem.line - 1] ?? '')),
    '',
    'Merged like this it stops nothing: the last valid version that the default branch had stays in force, and without one',
    'the defaults hold and nothing is written. This comment changes with the file.',
    '',
  ].join('\n');
}

function renderProblem({ line, path, message, fix }: ConfigProblem, text: string): string {
  const quoted = neutralizeInline(text, 100);
  const where = path === '' ? '' : ` (${neutralizeInline(path, 80)})`;
  const cells = [
    String(line),
    quoted === '' ? '' : `<code>${quoted}</code>`,
    `${neutralizeInline(message, 300)}${where}`,
    neutralizeInline(fix, 300),
  ];
  return `| ${cells.join(' | ')} |`;
}

function renderResolved({ isChanged, headText }: ConfigReviewFacts): string {
  const isValid = isChanged && headText !== null;
  const title = isValid ? `${PATH} is valid now` : `${PATH} is as it was`;
  const words = isValid
    ? 'The problems that stood here are gone.'
    : 'This pull request no longer brings one of its own.';
  return [CONFIG_REVIEW_MARKER, `### ${title}`, '', words, ''].join('\n');
}
