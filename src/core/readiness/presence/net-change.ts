import type { BaseStep, ChangedFile } from './base-line.ts';
import { balanceOf, type LineBalance, sizeOf, sumOf, withoutMoves } from './line-balance.ts';

/** What a step changed, in lines. */
export interface NetChange {
  /** The files that say something: not those that are written anew from something else. */
  readonly files: readonly ChangedFile[];
  /** A file's own lines, without those that the step moved to another file. */
  readonly of: (file: ChangedFile) => LineBalance;
  readonly size: number;
  /** Whether it changed files that are not among `files`. */
  readonly hasOthers: boolean;
}

export function netChange(step: BaseStep, isRegenerated: (path: string) => boolean): NetChange {
  const files = (step.files ?? []).filter(({ path }) => !isRegenerated(path));
  const own = new Map(files.map((file) => [file, balanceOf(file.hunks ?? [])]));
  const whole = sumOf(own.values());
  const net = new Map([...own].map(([file, balance]) => [file, withoutMoves(balance, whole)]));
  return {
    files,
    of: (file) => net.get(file) ?? NOTHING,
    size: sizeOf(whole),
    hasOthers: files.length < (step.files?.length ?? 0),
  };
}

const NOTHING: LineBalance = new Map();
