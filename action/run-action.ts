import * as actions from '@actions/core';
import { context as workflow } from '@actions/github';
import type { Change } from '../src/core/change.ts';
import { UserError } from '../src/core/failure.ts';
import { connectWithToken } from '../src/github/connect-with-token.ts';
import { applyChanges } from '../src/operations/apply-changes.ts';
import type { OperationContext } from '../src/operations/operation.ts';
import { umbrellaRollup } from '../src/operations/umbrella-rollup.ts';

/**
 * The Action: inputs → operation → outputs and summary. A comment that may not be written (a fork, a read-only token)
 * degrades to summary and outputs with a warning; only a rollup that cannot be read at all fails the step.
 */
export async function runAction(): Promise<void> {
  try {
    checkCommand(actions.getInput('command'));
    await publishRollup(connect(), actions.getInput('umbrella') || umbrellaOfEvent());
  } catch (error) {
    actions.setFailed(error instanceof UserError ? `${error.message} ${error.hint}` : `internal error: ${error}`);
  }
}

async function publishRollup(context: OperationContext, ref: string): Promise<void> {
  const { decision, percentComplete, body, changes, withheld } = await umbrellaRollup.run(context, { ref });
  actions.setOutput('decision', decision);
  actions.setOutput('percent-complete', percentComplete ?? '');
  // A rollup is at most 60,000 bytes, well under the 1 MiB above which GitHub drops a whole summary.
  if (process.env.GITHUB_STEP_SUMMARY) await actions.summary.addRaw(body, true).write();
  if (withheld !== null && actions.getBooleanInput('write')) actions.warning(withheld);
  actions.setOutput('comment-changed', actions.getBooleanInput('write') && (await isWritten(context, changes)));
}

async function isWritten(context: OperationContext, changes: readonly Change[]): Promise<boolean> {
  const outcomes = await applyChanges(context, changes);
  for (const { outcome, reason } of outcomes) {
    if (outcome === 'failed') actions.warning(`The rollup comment was not written: ${reason}`);
  }
  return outcomes.some(({ outcome }) => outcome === 'done');
}

function connect(): OperationContext {
  const { apiUrl, graphqlUrl } = workflow;
  return {
    github: connectWithToken({ token: actions.getInput('github-token') || null, apiUrl, graphqlUrl }),
    defaultRepository: workflow.repo,
    now: () => new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
  };
}

function umbrellaOfEvent(): string {
  const number: unknown = workflow.payload.issue?.number;
  if (typeof number === 'number') return `#${number}`;
  throw new UserError(
    'usage',
    'No umbrella is named, and the event that started this workflow is not about an issue.',
    "Set `umbrella: '#12'`, or run on `issues`.",
  );
}

function checkCommand(command: string): void {
  if (command === 'rollup' || command === '') return;
  throw new UserError('usage', `The Action has no command \`${command}\`.`, 'Set `command: rollup`, or leave it out.');
}
