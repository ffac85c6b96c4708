import type { OnboardingFacts } from '../core/onboarding/onboarding-facts.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import type { GitHubClient } from './client.ts';
import { githubFailure } from './github-failure.ts';
import { listFolder, loadFile } from './load-file.ts';
import { CODEOWNERS_PATHS } from './queries/review-queries.ts';

interface OnboardingRead {
  readonly facts: OnboardingFacts;
  /** A `.github/parasol.yml` is on the default branch. */
  readonly hasConfig: boolean;
}

const FORMS = '.github/ISSUE_TEMPLATE';
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
    return { facts, hasConfig: (await loadFile(github, repository, '.github/parasol.yml')) !== null };
  } catch (error) {
    throw githubFailure(error, `read the set-up of ${repository.owner}/${repository.repo}`);
  }
}

async function loadForms(github: GitHubClient, repository: RepositoryRef): Promise<OnboardingFacts['forms']> {
  const listing = await listFolder(github, repository, FORMS);
  const paths = listing.filter((path) => /\.ya?ml$/.test(path) && !/\/config\.ya?ml$/.test(path));
  const files = await Promise.all(paths.slice(0, MOST_FORMS).map((path) => loadFile(github, repository, path)));
  return files.flatMap((file, index) => (file === null ? [] : [{ path: paths[index] ?? FORMS, text: file.text }]));
}

async function loadCodeowners(github: GitHubClient, repository: RepositoryRef): Promise<OnboardingFacts['codeowners']> {
  for (const path of CODEOWNERS_PATHS) {
    const file = await loadFile(github, repository, path);
    if (file !== null) return { path, text: file.text };
  }
  return null;
}
