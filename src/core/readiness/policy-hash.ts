import type { Config } from '../config.ts';
import { shortHash } from '../short-hash.ts';

/** Of all that decides a verdict; the order in which the keys were written does not matter. */
export const policyHash = ({ tasks, lanes, readiness }: Config): string =>
  shortHash(canonical({ tasks, lanes, readiness }));

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return `{${entries
    .map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`)
    .sort()
    .join(',')}}`;
}
