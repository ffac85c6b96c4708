import { type Ref, refKey } from '../../core/task/identity.ts';
import type { OriginStore } from '../store.ts';

/** What all that is kept of one request waits for (`advisory-lock.ts`). */
export const requestLock = ({ origin }: Pick<OriginStore, 'origin'>, request: Ref): string =>
  `review ${origin} ${refKey(request)}`;
