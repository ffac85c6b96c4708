import type * as z from 'zod';
import type { Change } from '../../core/change.ts';
import { UserError } from '../../core/failure.ts';
import { doctor } from '../../operations/doctor.ts';
import { init } from '../../operations/init.ts';
import type { Operation } from '../../operations/operation.ts';
import { umbrellaList } from '../../operations/umbrella-list.ts';
import { umbrellaRollup } from '../../operations/umbrella-rollup.ts';
import { umbrellaShow } from '../../operations/umbrella-show.ts';
import { plainLines } from './plain-lines.ts';
import { renderDoctor } from './render-doctor.ts';
import { renderNotes } from './render-notes.ts';
import { renderProposal } from './render-proposal.ts';
import { renderRollupText } from './render-rollup-text.ts';
import { renderUmbrellaList } from './render-umbrella-list.ts';
import type { View } from './view.ts';

/** How the command line shows one operation; everything else about a command comes from the catalogue. */
export interface Presentation {
  /** The input field that is given without a flag. */
  readonly positional?: string;
  /** Input fields that a global option stands for. */
  readonly hidden: readonly string[];
  readonly render: (output: unknown, view: View) => string;
  /** What `--json` prints. */
  readonly json: (output: unknown) => unknown;
  /** Lines for stderr beside JSON that has no room for what could not be read. */
  readonly notes?: (output: unknown, view: View) => readonly string[];
  /** For operations that can be written down with `--write`: the changes of this output. */
  readonly changes?: (output: unknown) => readonly Change[];
  /** Why `--write` will not write this; null when it will. */
  readonly refusal?: (output: unknown) => UserError | null;
}

export const PRESENTATIONS: Readonly<Record<string, Presentation>> = {
  [umbrellaList.name]: present(umbrellaList, {
    hidden: ['repository'],
    render: renderUmbrellaList,
    // Addresses are left out: `ref` says the same.
    json: ({ umbrellas }) => umbrellas.map(({ url, dropped, ...summary }) => summary),
    notes: renderNotes,
  }),
  [umbrellaShow.name]: present(umbrellaShow, { positional: 'ref', render: renderRollupText }),
  [umbrellaRollup.name]: present(umbrellaRollup, {
    positional: 'ref',
    render: ({ body }) => plainLines(body),
    changes: ({ changes }) => changes,
    refusal: ({ withheld }) => (withheld === null ? null : turnedOff(withheld)),
  }),
  [doctor.name]: present(doctor, { positional: 'repository', render: renderDoctor }),
  [init.name]: present(init, {
    hidden: ['repository'],
    render: renderProposal,
    changes: ({ changes }) => changes,
    refusal: ({ exists, repository, path }) => (exists ? alreadyConfigured(repository, path) : null),
  }),
};

function turnedOff(reason: string): UserError {
  return new UserError('usage', reason, 'Set `rollup: { mode: comment }` in .github/parasol.yml to have them written.');
}

function alreadyConfigured(repository: string, path: string): UserError {
  return new UserError(
    'usage',
    `${repository} has a ${path} already, and init never overwrites one.`,
    'Run parasol init without --write to see the proposal, and take over what you want by hand.',
  );
}

interface Manner<Output> {
  readonly positional?: string;
  readonly hidden?: readonly string[];
  readonly render: (output: Output, view: View) => string;
  readonly json?: (output: Output) => unknown;
  readonly notes?: (output: Output, view: View) => readonly string[];
  readonly changes?: (output: Output) => readonly Change[];
  readonly refusal?: (output: Output) => UserError | null;
}

/** Parses the erased output with the operation's own schema, so that the renderer gets it typed. */
function present<Input extends z.ZodType, Output extends z.ZodType>(
  { output }: Operation<Input, Output>,
  { positional, hidden = [], render, json, notes, changes, refusal }: Manner<z.output<Output>>,
): Presentation {
  return {
    ...(positional === undefined ? {} : { positional }),
    hidden,
    render: (value, view) => render(output.parse(value), view),
    json: (value) => (json === undefined ? value : json(output.parse(value))),
    ...(notes === undefined ? {} : { notes: (value: unknown, view: View) => notes(output.parse(value), view) }),
    ...(changes === undefined ? {} : { changes: (value: unknown) => changes(output.parse(value)) }),
    ...(refusal === undefined ? {} : { refusal: (value: unknown) => refusal(output.parse(value)) }),
  };
}
