import type { OnboardingFacts } from '../core/onboarding/onboarding-facts.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import type { GitHubClient } from './client.ts';
import { githubFailure } from './github-failure.ts';

interface OnboardingRead {
  readonly facts: OnboardingFacts;
  /** A `.github/parasol.yml` is on the default branch. */
  readonly hasConfig: boolean;
}

const FORMS = '.github/ISSUE_TEMPLATE';
/** Where GitHub looks for it, first match wins: https://docs.github.com/articles/about-code-owners */
const CODEOWNERS_PATHS = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];
const MOST_FORMS = 20;
const ISSUES_PER_PAGE = 100;

/**
 * Labels, issue forms, CODEOWNERS and the titles of the 100 issues changed last. A file that is not there is no failure.
 * Throws `UserError`: `not_found` when the repository is not visible, `forbidden` when one of them may not be read.
 */
export async function loadOnboardingFacts(github: GitHubClient, repository: RepositoryRef): Promise<OnboardingRead> {
  try {
    const labels = await github.paginate(github.rest.issues.listLabelsForRepo, { ...repository, per_page: 100 });
    const issues = await github.rest.issues.listForRepo({
      ...repository,
      state: 'all',
      sort: 'updated',
      per_page: ISSUES_PER_PAGE,
    });
    const tasks = issues.data.filter((issue) => issue.pull_request === undefined);
    const facts: OnboardingFacts = {
      labels: labels.map(({ name }) => name).toSorted(),
      issueTypes: [...new Set(tasks.flatMap(({ type }) => (type?.name === undefined ? [] : [type.name])))].toSorted(),
      titles: tasks.map(({ title }) => title),
      forms: await loadForms(github, repository),
      codeowners: await loadCodeowners(github, repository),
    };
    return { facts, hasConfig: (await loadText(github, repository, '.github/parasol.yml')) !== null };
  } catch (error) {
    throw githubFailure(error, `read the set-up of ${repository.owner}/${repository.repo}`);
  }
}

async function loadForms(github: GitHubClient, repository: RepositoryRef): Promise<OnboardingFacts['forms']> {
  const listing = await loadContent(github, repository, FORMS);
  if (!Array.isArray(listing)) return [];
  const paths = listing
    .map(({ path }) => path)
    .filter((path) => /\.ya?ml$/.test(path) && !/\/config\.ya?ml$/.test(path));
  const texts = await Promise.all(paths.slice(0, MOST_FORMS).map((path) => loadText(github, repository, path)));
  return texts.flatMap((text, index) => (text === null ? [] : [{ path: paths[index] ?? FORMS, text }]));
}

async function loadCodeowners(github: GitHubClient, repository: RepositoryRef): Promise<OnboardingFacts['codeowners']> {
  for (const path of CODEOWNERS_PATHS) {
    const text = await loadText(github, repository, path);
    if (text !== null) return { path, text };
  }
  return null;
}

async function loadText(github: GitHubClient, repository: RepositoryRef, path: string): Promise<string | null> {
  const content = await loadContent(github, repository, path);
  if (content === null || Array.isArray(content) || !('content' in content)) return null;
  return Buffer.from(content.content, 'base64').toString('utf8');
}

/** Null when the path is not there. */
async function loadContent(github: GitHubClient, repository: RepositoryRef, path: string) {
  try {
    const answer = await github.rest.repos.getContent({ ...repository, path });
    return answer.data;
  } catch (error) {
    if (statusOf(error) === 404) return null;
    throw error;
  }
}

const statusOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'status' in error ? error.status : null;
