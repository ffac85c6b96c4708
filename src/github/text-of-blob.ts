import { UserError } from '../core/failure.ts';

export interface BlobNode {
  readonly __typename?: string;
  readonly text?: string | null;
  readonly byteSize?: number;
  readonly isBinary?: boolean | null;
  readonly isTruncated?: boolean;
}

const MAX_BYTES = 64 * 1024;

/** The text of a file; null for a folder, and for what is not there. Fails with `config_invalid` where it is no short text. */
export function textOfBlob(blob: BlobNode | null | undefined, path: string): string | null {
  if (blob == null || blob.__typename !== 'Blob') return null;
  const isText = blob.text != null && blob.isBinary !== true && blob.isTruncated !== true;
  if (isText && (blob.byteSize ?? 0) <= MAX_BYTES) return blob.text ?? null;
  const what = isText ? 'larger than 64 KB' : 'no text';
  throw new UserError('config_invalid', `${path}, line 1: the file is ${what}.`, 'Shorten it, or name another file.');
}
