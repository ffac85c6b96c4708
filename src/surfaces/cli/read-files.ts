import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { UserError } from '../../core/failure.ts';
import { otherThanInput } from '../../core/file-kind.ts';
import type { CliIo } from './cli-io.ts';
import type { Presentation } from './presentations.ts';

type Input = Readonly<Record<string, unknown>>;

/** The input with each file that was named replaced by its text, unpacked from `.gz`, its name beside it. Throws `usage` for one that cannot be read. */
export async function readFiles(
  input: Input,
  { files = {} }: Pick<Presentation, 'files'>,
  { cwd }: Pick<CliIo, 'cwd'>,
): Promise<Input> {
  const read: Record<string, unknown> = { ...input };
  for (const [field, nameField] of Object.entries(files)) {
    const path = input[field];
    if (typeof path !== 'string') continue;
    read[field] = await textOf(path, cwd);
    read[nameField] = path;
  }
  return read;
}

async function textOf(path: string, cwd: string): Promise<string> {
  const full = resolve(cwd, path);
  const found = await stat(full).catch(() => null);
  const kind = found === null ? null : otherThanInput(full, found);
  if (kind !== null) throw new UserError('usage', `${path} is ${kind}, not a file.`, 'Name a regular file.');
  try {
    const bytes = await readFile(full);
    return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  } catch (cause) {
    throw new UserError('usage', `${path} cannot be read.`, 'Check its path, and that you may read it.', { cause });
  }
}
