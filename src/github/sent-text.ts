import { UserError } from '../core/failure.ts';

/**
 * GitHub takes 65,536 characters, and its limit in bytes has been seen to differ; this stays below either.
 * https://docs.github.com/en/rest/issues/comments
 */
const MAX_BODY_BYTES = 60_000;

/** Fails with `usage` where the text of a comment or an issue is too long for GitHub. */
export function checkLength(body: string, tried: string): void {
  const bytes = Buffer.byteLength(body, 'utf8');
  if (bytes <= MAX_BODY_BYTES) return;
  throw new UserError(
    'usage',
    `The text is too long to ${tried}: ${bytes} bytes of at most ${MAX_BODY_BYTES}.`,
    'Shorten it.',
  );
}

/** GitHub has been seen to answer 200 to an over-long text and to keep the old one. `undefined`: it did not say. */
export function checkKept(kept: string | null | undefined, sent: string, tried: string): void {
  if (kept === undefined || isSameText(kept ?? '', sent)) return;
  throw new UserError('github_unavailable', `GitHub kept another text on the attempt to ${tried}.`, 'Try again.');
}

/** GitHub may change line ends and trim; neither makes another text. */
export const isSameText = (one: string, other: string): boolean => normal(one) === normal(other);

const normal = (text: string): string => text.replace(/\r\n?/g, '\n').trim();
