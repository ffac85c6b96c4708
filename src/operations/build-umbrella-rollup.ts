import type { Instant } from '../core/task/facts.ts';
import { buildRollup, type RollupOptions } from '../core/umbrella/build-rollup.ts';
import type { Rollup } from '../core/umbrella/rollup.ts';
import type { UmbrellaSnapshot } from '../core/umbrella/snapshot.ts';
import { configInForce, isConfigGap, type RollupWish } from './config-in-force.ts';

interface ConfiguredRollup {
  readonly rollup: Rollup;
  readonly rollupWish: RollupWish;
  /** Whether the umbrella's readiness report is to be kept on it as well. */
  readonly pinsReadiness: boolean;
}

/**
 * The rollup under the configuration that the snapshot was read with; what is wrong with that configuration stands among
 * its remarks. Readers of the umbrella may not be able to see the owner's file, so they are not shown words from it.
 */
export function buildUmbrellaRollup(
  snapshot: UmbrellaSnapshot,
  { now, audience }: { readonly now: Instant; readonly audience: RollupOptions['audience'] },
): ConfiguredRollup {
  const { config, rollupWish, remarks, publicRemarks, version } = configInForce(snapshot, snapshot.umbrella.owner);
  const rollup = buildRollup(snapshot, snapshot.umbrella, { config, now, audience });
  const added = audience === 'viewer' ? remarks : publicRemarks;
  const held = version === null ? {} : { configVersion: version.commit };
  const { mode } = config.readiness;
  const pinsReadiness = (mode === 'comment' || mode === 'enforce') && !snapshot.gaps.some(isConfigGap);
  return { rollupWish, pinsReadiness, rollup: { ...rollup, remarks: [...rollup.remarks, ...added], ...held } };
}
