import type { ActionCommand } from './action-command.ts';

/** Every command of the Action; each is a file of its own in the bundle, read only where it runs. */
export const COMMANDS: Readonly<Record<string, () => Promise<ActionCommand>>> = {
  readiness: async () => (await import('./commands/readiness.ts')).readiness,
  rollup: async () => (await import('./commands/rollup.ts')).rollup,
  risk: async () => (await import('./commands/risk.ts')).risk,
  today: async () => (await import('./commands/today.ts')).today,
  backfill: async () => (await import('./commands/backfill.ts')).backfill,
  drift: async () => (await import('./commands/drift.ts')).drift,
};
