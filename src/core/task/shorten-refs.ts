import type { RepositoryRef } from './identity.ts';

/** Our own sentences for readers who know which repository they speak of: `octo/harbor#4` is `#4` in octo/harbor. */
export function shortenRefs(text: string, { owner, repo }: RepositoryRef): string {
  const name = `${owner}/${repo}`.replace(/[^\w/-]/g, '\\$&');
  // `other-octo/harbor#12` ends like ours and is another repository.
  return text.replace(new RegExp(`(?<![\\w./-])${name}#`, 'gi'), '#');
}
