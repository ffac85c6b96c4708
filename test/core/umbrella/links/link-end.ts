import type { LinkEnd } from '../../../../src/core/umbrella/links/link-end.ts';
import { ref } from '../../build-facts.ts';

/** `octo/harbor#n`, alone and childless unless something else is given. */
export function linkEnd(number: number, rest: Partial<LinkEnd> = {}): LinkEnd {
  const own = rest.ref ?? ref(number);
  return {
    ref: own,
    kind: 'issue',
    nodeId: `I_${number}`,
    title: `Task ${number}`,
    url: `https://github.com/octo/harbor/issues/${number}`,
    ancestors: [],
    levelsBelow: 0,
    childrenTotal: 0,
    ...rest,
  };
}
