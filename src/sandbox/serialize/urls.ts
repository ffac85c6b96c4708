import type { RepositoryRecord } from '../world.ts';

/** The two roots that GitHub's JSON links to. */
export interface Urls {
  /** For people: `https://github.com`, or the sandbox's own root. */
  readonly html: string;
  /** For REST: `https://api.github.com`, or `/api/v3` under the sandbox's root, as on GitHub Enterprise Server. */
  readonly api: string;
}

/** Derives both roots from the one that people open. */
export function urlsOf(baseUrl: string): Urls {
  const html = baseUrl.replace(/\/$/, '');
  return { html, api: html === 'https://github.com' ? 'https://api.github.com' : `${html}/api/v3` };
}

/** Both addresses of a repository. */
export function repositoryUrls(repository: RepositoryRecord, baseUrl: string): Urls {
  const { html, api } = urlsOf(baseUrl);
  const fullName = `${repository.owner}/${repository.name}`;
  return { html: `${html}/${fullName}`, api: `${api}/repos/${fullName}` };
}
