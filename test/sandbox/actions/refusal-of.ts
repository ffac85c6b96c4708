import { WorldRefusal } from '../../../src/sandbox/actions/world-refusal.ts';

/** Status and reason with which an action is refused; `done` when it is not. */
export function refusalOf(act: () => unknown): readonly [number, string] | 'done' {
  try {
    act();
  } catch (error) {
    if (error instanceof WorldRefusal) return [error.status, error.errors[0]?.message ?? error.message];
    throw error;
  }
  return 'done';
}
