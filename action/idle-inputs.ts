import type { ActionInputs } from './read-inputs.ts';

/** Inputs that only some commands read; a test keeps this and `action.yml` equal. */
export const READ_BY: Readonly<Partial<Record<keyof ActionInputs, readonly string[]>>> = {
  scope: ['readiness'],
  umbrella: ['rollup', 'drift'],
  base: ['risk'],
  'previous-report': ['readiness'],
};

/**
 * Inputs that were given and change nothing, in one line each: whoever set `umbrella` for `readiness` would take its verdict
 * for one on that umbrella.
 */
export function idleInputs(inputs: ActionInputs): readonly string[] {
  const { command, comment } = inputs;
  const named = Object.entries(READ_BY).flatMap(([name, commands]) => {
    const value = inputs[name as keyof ActionInputs];
    if (value === null || commands.includes(command)) return [];
    // It is where the comment goes, too.
    if (name === 'umbrella' && comment && (command !== 'readiness' || inputs.scope !== null)) return [];
    return [`\`${name}: ${value}\` says nothing to \`command: ${command}\`.${helpOf(name, inputs)}`];
  });
  return [...named, ...idlePlace(inputs)];
}

function helpOf(name: string, { command, scope, umbrella }: ActionInputs): string {
  if (name === 'umbrella' && command === 'readiness' && scope === null)
    return ` To judge that umbrella set \`scope: 'umbrella:${umbrella}'\`.`;
  return '';
}

/** The rollup is one comment, on the umbrella that it is of. */
const idlePlace = ({ command, 'comment-on': place }: ActionInputs): readonly string[] =>
  command === 'rollup' && place !== null
    ? [`\`comment-on: ${place}\` says nothing to \`command: rollup\`: its comment stands on the umbrella.`]
    : [];
