import { NOT_TEXT } from '../core/config-yaml.ts';
import type { ConfigNode } from './nodes.ts';

/** The text of a configuration file; null where there is none, and what no reader takes for text where it is not one. */
export function configTextOf(object: ConfigNode['object']): string | null {
  if (object === null) return null;
  const isText = object.__typename === 'Blob' && object.isBinary !== true;
  return (isText ? object.text : null) ?? NOT_TEXT;
}
