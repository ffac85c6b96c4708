import type * as z from 'zod';
import type { init } from '../../operations/init.ts';
import { plainLines } from './plain-lines.ts';
import type { View } from './view.ts';

/** The proposed file as it would be written, and what becomes of it. */
export function renderProposal(
  { text, path, repository, exists }: z.output<typeof init.output>,
  { colors }: View,
): string {
  const fate = exists
    ? `# ${repository} has a ${path} already; this is what would be proposed today. It is never overwritten.`
    : `# Proposal for ${path} of ${repository}; --write commits it to the default branch.`;
  return `${colors.dim(fate)}\n${plainLines(text)}`;
}
