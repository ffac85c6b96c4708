import type { Change } from '../core/change.ts';
import { UserError } from '../core/failure.ts';
import { formatRef } from '../core/task/identity.ts';
import type { GitHubClient } from './client.ts';
import { githubFailure } from './github-failure.ts';

interface Applied {
  /** `vanished`: what was to be changed is gone; nothing was written. */
  readonly outcome: 'applied' | 'vanished';
  readonly url: string | null;
  readonly id: number | null;
}

type ChangeOf<Kind extends Change['kind']> = Extract<Change, { kind: Kind }>;

/**
 * GitHub takes 65,536 characters, and its limit in bytes has been seen to differ; this stays below either.
 * https://docs.github.com/en/rest/issues/comments
 */
const MAX_BODY_BYTES = 60_000;

/**
 * Carries out one change. Fails with `usage` when the text is too long, with `github_unavailable` when GitHub kept
 * another text than the one sent, and otherwise as GitHub fails. A comment that is gone is not made anew.
 */
export async function applyChange(client: GitHubClient, change: Change): Promise<Applied> {
  switch (change.kind) {
    case 'create_comment':
      return createComment(client, change);
    case 'update_comment':
      return updateComment(client, change);
    case 'delete_comment':
      return deleteComment(client, change);
    case 'add_reaction':
      return addReaction(client, change);
    case 'put_file':
      return putFile(client, change);
  }
}

/**
 * Sent once: a comment whose answer got lost may have been written all the same. Whoever tries again looks first
 * (`operations/apply-changes.ts`).
 */
async function createComment(client: GitHubClient, { on, body }: ChangeOf<'create_comment'>): Promise<Applied> {
  const tried = `comment on ${formatRef(on)}`;
  checkLength(body, tried);
  const { owner, repo, number } = on;
  const call = client.rest.issues.createComment({
    owner,
    repo,
    issue_number: number,
    body,
    request: { retries: 0 },
  });
  const { data } = await call.catch(failAs(tried));
  return checkKept(data, body, tried);
}

async function updateComment(
  client: GitHubClient,
  { on, commentId, body }: ChangeOf<'update_comment'>,
): Promise<Applied> {
  const tried = `edit the comment ${commentId} on ${formatRef(on)}`;
  checkLength(body, tried);
  const { owner, repo } = on;
  const call = client.rest.issues.updateComment({ owner, repo, comment_id: commentId, body });
  return call.then(({ data }) => checkKept(data, body, tried)).catch(vanishedOr(tried));
}

/** One that is gone already is as good as deleted. */
async function deleteComment(client: GitHubClient, { on, commentId }: ChangeOf<'delete_comment'>): Promise<Applied> {
  const { owner, repo } = on;
  try {
    await client.rest.issues.deleteComment({ owner, repo, comment_id: commentId });
  } catch (error) {
    if (!isGone(error)) throw githubFailure(error, `delete the comment ${commentId} on ${formatRef(on)}`);
  }
  return { outcome: 'applied', url: null, id: commentId };
}

async function addReaction(
  client: GitHubClient,
  { on, commentId, content }: ChangeOf<'add_reaction'>,
): Promise<Applied> {
  const { owner, repo } = on;
  const call = client.rest.reactions.createForIssueComment({ owner, repo, comment_id: commentId, content });
  return call
    .then(({ data }): Applied => ({ outcome: 'applied', url: null, id: data.id }))
    .catch(vanishedOr(`react to the comment ${commentId} on ${formatRef(on)}`));
}

/** Writes the whole file on the default branch; one that is there is replaced, and left alone when it is the same. */
async function putFile(client: GitHubClient, change: ChangeOf<'put_file'>): Promise<Applied> {
  const { repository, path, text, message } = change;
  const tried = `write ${path} of ${repository.owner}/${repository.repo}`;
  const present = await readFile(client, { repository, path });
  if (present?.text === text) return { outcome: 'applied', url: present.url, id: null };
  const content = Buffer.from(text, 'utf8').toString('base64');
  const sha = present === null ? {} : { sha: present.sha };
  const call = client.rest.repos.createOrUpdateFileContents({ ...repository, path, message, content, ...sha });
  const { data } = await call.catch(failAs(tried));
  return { outcome: 'applied', url: data.content?.html_url ?? null, id: null };
}

interface FileRead {
  readonly text: string;
  readonly sha: string;
  readonly url: string | null;
}

async function readFile(
  client: GitHubClient,
  { repository, path }: Pick<ChangeOf<'put_file'>, 'repository' | 'path'>,
): Promise<FileRead | null> {
  try {
    const { data } = await client.rest.repos.getContent({ ...repository, path });
    if (Array.isArray(data) || !('content' in data)) return null;
    return { text: Buffer.from(data.content, 'base64').toString('utf8'), sha: data.sha, url: data.html_url };
  } catch (error) {
    if (isGone(error)) return null;
    throw githubFailure(error, `read ${path} of ${repository.owner}/${repository.repo}`);
  }
}

function checkLength(body: string, tried: string): void {
  const bytes = Buffer.byteLength(body, 'utf8');
  if (bytes <= MAX_BODY_BYTES) return;
  throw new UserError(
    'usage',
    `The text is too long to ${tried}: ${bytes} bytes of at most ${MAX_BODY_BYTES}.`,
    'Shorten it.',
  );
}

/** GitHub has been seen to answer 200 to an over-long text and to keep the old one. */
function checkKept(
  comment: { readonly id: number; readonly html_url: string; readonly body?: string },
  sent: string,
  tried: string,
): Applied {
  const normal = (text: string) => text.replaceAll('\r\n', '\n').trim();
  if (comment.body !== undefined && normal(comment.body) !== normal(sent)) {
    throw new UserError('github_unavailable', `GitHub kept another text on the attempt to ${tried}.`, 'Try again.');
  }
  return { outcome: 'applied', url: comment.html_url, id: comment.id };
}

const isGone = (error: unknown): boolean =>
  error instanceof Error && 'status' in error && (error.status === 404 || error.status === 410);

const failAs =
  (tried: string) =>
  (error: unknown): never => {
    throw githubFailure(error, tried);
  };

const vanishedOr =
  (tried: string) =>
  (error: unknown): Applied => {
    if (isGone(error)) return { outcome: 'vanished', url: null, id: null };
    throw githubFailure(error, tried);
  };
