import { existsSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Change } from '../../core/change.ts';
import { describeChange } from '../../core/describe-change.ts';
import { UserError } from '../../core/failure.ts';
import { otherThanInput } from '../../core/file-kind.ts';
import { visibleLine } from '../../core/markdown.ts';
import { cleanUpOnSignals } from '../../git/clean-up-on-signals.ts';
import type { ChangeOutcome } from '../../operations/apply-changes.ts';
import { type CatalogEntry, catalogEntry } from '../../operations/catalog.ts';
import type { OperationContext } from '../../operations/operation.ts';
import { planApply } from '../../operations/plan-apply.ts';
import { checkOptions } from './check-options.ts';
import type { CliIo, GlobalOptions } from './cli-io.ts';
import { connect } from './connect.ts';
import type { Connection } from './connection.ts';
import { failureOfRun } from './failure-of-run.ts';
import { type Form, type FormOptions, formOf } from './form-of-output.ts';
import { endOfWorld } from './next-of-plan.ts';
import type { Presentation } from './presentations.ts';
import { renderRun } from './render-plan.ts';
import { reportProgress } from './report-progress.ts';
import { viewOf } from './view.ts';

interface Invocation {
  readonly entry: CatalogEntry;
  readonly presentation: Presentation;
  readonly input: Readonly<Record<string, unknown>>;
  readonly options: GlobalOptions & FormOptions & { readonly write?: unknown };
  readonly io: CliIo;
}

/**
 * Connects, runs the operation, prints its output, and carries out its changes only where `--write` was given. Returns
 * the exit code that the output asks for.
 */
export async function runOperation(invocation: Invocation): Promise<number> {
  const { entry, presentation, options, io } = invocation;
  const form = formOf(options, presentation);
  refuseNamedFile(invocation);
  checkOptions(entry, presentation, inputOf(invocation));
  const connection = await connect(options, io);
  const progress = reportProgress(io);
  const ended = cleanUpOnSignals();
  try {
    const output = await connection.run(entry, inputOf(invocation), { onProgress: progress.report });
    progress.stop();
    await writeNamedFile(invocation, output);
    if (presentation.plan !== undefined && options.write === true) {
      await applyPlan(invocation, connection, output);
      return presentation.exitCode?.(output, true) ?? 0;
    }
    const written = presentation.outcomes?.(output) ?? null;
    const outcomes = written ?? (options.write === true ? await write(connection.context, invocation, output) : null);
    await print(await inForm(form, { invocation, output, outcomes }), invocation);
    const aside = presentation.aside?.(output, invocation.input) ?? null;
    if (aside !== null) io.stderr.write(`note: ${visibleLine(aside)}\n`);
    if (form === 'json') for (const line of notesOn(output, invocation)) io.stderr.write(`${line}\n`);
    if (outcomes !== null) sayOutcomes(outcomes, invocation);
    const failure = presentation.failure?.(output) ?? null;
    if (failure !== null) throw failure;
    return presentation.exitCode?.(output, false) ?? 0;
  } finally {
    progress.stop();
    await connection.close();
    ended();
  }
}

/** `--write` asks for the plan that it applies; a file that is to be written is a flag to the operation. */
function inputOf({ presentation: { keeps, writesFile }, input, options }: Invocation): Invocation['input'] {
  const isNamed = writesFile !== undefined && input[writesFile.field] !== undefined;
  return {
    ...input,
    ...(keeps !== undefined && options.write === true ? { [keeps]: true } : {}),
    ...(isNamed ? { [writesFile.field]: true } : {}),
  };
}

/** Before any work: it may take minutes, and its answer would be lost. */
function refuseNamedFile({ presentation: { writesFile }, input, options, io }: Invocation): void {
  const named = writesFile === undefined ? undefined : input[writesFile.field];
  for (const name of [named, options.output]) if (typeof name === 'string') refuseNoFile(name, io);
  refuseEnding(writesFile?.ending, named);
  if (typeof named !== 'string' || writesFile?.isAnew === true || !existsSync(resolve(io.cwd, named))) return;
  throw new UserError('usage', `${named} is there already.`, 'Name a file that is not there yet.');
}

/** Whoever opens `x.png` would be told that it is broken; a device has no ending. */
function refuseEnding(ending: string | undefined, name: unknown): void {
  if (ending === undefined || typeof name !== 'string') return;
  if (name.startsWith('/dev/') || name.toLowerCase().endsWith(ending)) return;
  throw new UserError('usage', `What would be written to ${name} is ${ending}.`, `Name a file that ends in ${ending}.`);
}

function refuseNoFile(name: string, { cwd }: CliIo): void {
  const path = resolve(cwd, name);
  if (!existsSync(dirname(path))) {
    throw new UserError('usage', `${name} cannot be written: there is no such folder.`, 'Make the folder first.');
  }
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory() === true) throw new UserError('usage', `${name} is a folder.`, 'Name a file in it.');
  // Nobody may read its other end, and then writing never ends.
  if (found?.isFIFO() !== true || otherThanInput(path, found) === null) return;
  throw new UserError('usage', `${name} is a named pipe.`, 'Name a file.');
}

async function writeNamedFile({ presentation: { writesFile }, input, io }: Invocation, output: unknown): Promise<void> {
  const name = writesFile === undefined ? undefined : input[writesFile.field];
  const content = writesFile?.text(output) ?? null;
  if (typeof name !== 'string') return;
  if (content === null) {
    io.stderr.write(`${name} was not written: there is nothing to say in it.\n`);
    return;
  }
  try {
    await writeFile(resolve(io.cwd, name), content, { flag: writesFile?.isAnew === true ? 'w' : 'wx' });
    io.stderr.write(`Written: ${name}\n`);
  } catch (cause) {
    throw new UserError('usage', `${name} cannot be written.`, 'Name a file that you may write.', { cause });
  }
}

/** Prints what the plan was and what came of it; with `--json` as one object. */
async function applyPlan(invocation: Invocation, connection: Connection, output: unknown): Promise<void> {
  const { presentation, options, io } = invocation;
  const id = presentation.plan?.(output) ?? null;
  if (!options.json) io.stdout.write(text(invocation, output));
  const run = id === null ? null : planApply.output.parse(await connection.run(catalogEntry(planApply.name), { id }));
  if (options.json) io.stdout.write(jsonText({ ...asRecord(presentation.json(output)), run }, null));
  if (run === null) {
    io.stderr.write(`${presentation.nothingPlanned?.(output) ?? 'Nothing to write: GitHub says this already.'}\n`);
    return;
  }
  if (!options.json) io.stdout.write(`\n${renderRun(run, viewOf(io, options))}\n`);
  const failure = failureOfRun(run, 'apply');
  if (failure !== null) throw failure;
}

const asRecord = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {});

async function write(
  context: OperationContext,
  { presentation: { changes, refusal }, options, io }: Invocation,
  output: unknown,
): Promise<readonly ChangeOutcome[]> {
  const refused = refusal?.(output, viewOf(io, options)) ?? null;
  if (refused !== null) throw refused;
  const planned: readonly Change[] = changes?.(output) ?? [];
  if (planned.length === 0) return [];
  const { applyChanges } = await import('../../operations/apply-changes.ts');
  return applyChanges(context, planned);
}

interface Result {
  readonly invocation: Invocation;
  readonly output: unknown;
  readonly outcomes: readonly ChangeOutcome[] | null;
}

function inForm(form: Form, { invocation, output, outcomes }: Result): Promise<string> | string {
  const { presentation } = invocation;
  if (form === 'json') return jsonText(presentation.json(output), outcomes);
  return (form === 'text' ? undefined : presentation.formats?.[form]?.(output)) ?? text(invocation, output, outcomes);
}

/** To stdout, or into the file of `--output`, which is written over: a report is made anew each time. */
async function print(content: string, { options, io }: Invocation): Promise<void> {
  if (options.output === undefined) {
    io.stdout.write(content);
    return;
  }
  try {
    await writeFile(resolve(io.cwd, options.output), content);
  } catch (cause) {
    throw new UserError('usage', `${options.output} cannot be written.`, 'Name a file in a folder that is there.', {
      cause,
    });
  }
  io.stderr.write(`Written: ${options.output}\n`);
}

function notesOn(output: unknown, { presentation, options, io }: Invocation): readonly string[] {
  const view = viewOf({ ...io, stdout: io.stderr }, options);
  const kept = presentation.kept?.(output) ?? null;
  return [...(presentation.notes?.(output, view) ?? []), ...(kept === null ? [] : endOfWorld(kept, view))];
}

function text(
  { presentation, options, io }: Invocation,
  output: unknown,
  outcomes: readonly ChangeOutcome[] | null = null,
): string {
  const rendered = presentation.render(output, { ...viewOf(io, options), ...(outcomes && { outcomes }) });
  return rendered.endsWith('\n') ? rendered : `${rendered}\n`;
}

function jsonText(value: unknown, outcomes: readonly ChangeOutcome[] | null): string {
  const isRecord = typeof value === 'object' && value !== null;
  return `${JSON.stringify(outcomes !== null && isRecord ? { ...value, outcomes } : value, null, 2)}\n`;
}

/** What was written goes to stderr, so that stdout stays the thing itself. A change that failed fails the command. */
function sayOutcomes(outcomes: readonly ChangeOutcome[], { io }: Invocation): void {
  if (outcomes.length === 0) io.stderr.write('Nothing to write: GitHub says this already.\n');
  for (const { change, outcome, reason } of outcomes) {
    if (outcome === 'done') io.stderr.write(`Done: ${describeChange(change)}\n`);
    if (outcome === 'skipped') io.stderr.write(`Left alone: ${describeChange(change)} (${reason})\n`);
  }
  const failed = outcomes.find(({ outcome }) => outcome === 'failed');
  if (failed === undefined) return;
  throw new UserError(
    failed.code ?? 'internal',
    `Could not ${describeChange(failed.change)}: ${withoutStop(failed.reason ?? 'no reason is known')}.`,
    failed.cause instanceof UserError ? failed.cause.hint : 'Look at what the token may do: parasol doctor.',
  );
}

/** Reasons of failures are sentences; others are not. */
const withoutStop = (reason: string): string => reason.replace(/\.$/, '');
