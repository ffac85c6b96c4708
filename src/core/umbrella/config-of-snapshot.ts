import { parseConfig } from '../config.ts';
import type { WorkSnapshot } from './snapshot.ts';

export type ConfigTexts = Pick<WorkSnapshot, 'configText' | 'ownerConfigText' | 'lastValidConfigs'>;

/** The configuration by the texts that were read, and by the versions that hold in place of those that are broken. */
export function parseConfigOf({ configText, ownerConfigText, lastValidConfigs }: ConfigTexts) {
  const lastValid = lastValidConfigs === undefined ? {} : { lastValid: lastValidConfigs };
  return parseConfig({ text: configText, ownerText: ownerConfigText, ...lastValid });
}
