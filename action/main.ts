import * as z from 'zod';
import { runAction } from './run-action.ts';

// A run parses each thing once: making a parser of a schema's own takes longer than it saves.
z.config({ jitless: true });

await runAction();
