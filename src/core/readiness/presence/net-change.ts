import type { BaseStep, ChangedFile } from './base-line.ts';
import { balanceOf, type LineBalance, sizeOf, sumOf } from './line-balance.ts';
import { withoutMoves } from './without-moves.ts';

/** What a step changed, in lines. */
export interface NetChange {
  /** The files that say something, without the places that only moved; not those that are written anew from something else. */
  readonly files: readonly ChangedFile[];
  /** What a file gained and lost. */
  readonly of: (file: ChangedFile) => LineBalance;
  readonly size: number;
  /** Whether it changed files that are not among `files`. */
  readonly hasOthers: boolean;
}

export function netChange(step: BaseStep, isRegenerated: (path: string) => boolean): NetChange {
  const files = withoutMoves((step.files ?? []).filter(({ path }) => !isRegenerated(path)));
  const net = new Map(files.map((file) => [file, balanceOf(file.hunks ?? [])]));
  return {
    files,
    of: (file) => net.get(file) ?? NOTHING,
    size: sizeOf(sumOf(net.values())),
    hasOthers: files.length < (step.files?.length ?? 0),
  };
}

const NOTHING: LineBalance = new Map();
