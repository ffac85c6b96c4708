import { parseCodeOwners } from '../reviewers/parse-code-owners.ts';
import { lanePrefix } from './lane-prefix.ts';
import type { OnboardingFacts, ProposedLine } from './onboarding-facts.ts';
import { yamlScalar } from './yaml-scalar.ts';

/** One lane per label with the lane prefix; the reason names who owns the folder of that name. */
export function proposeLanes(
  labels: readonly string[],
  codeowners: OnboardingFacts['codeowners'],
): readonly ProposedLine[] {
  const prefix = lanePrefix(labels);
  if (prefix === null) return [];
  return labels
    .filter((label) => label.toLowerCase().startsWith(prefix))
    .map((label) => {
      const name = label.slice(prefix.length).trim();
      return {
        yaml: `  ${yamlScalar(name)}: { labels: [${yamlScalar(label)}] }`,
        reason: laneReason(label, name, codeowners),
      };
    })
    .filter(({ yaml }) => !yaml.startsWith("  '':"));
}

function laneReason(label: string, name: string, codeowners: OnboardingFacts['codeowners']): string {
  if (codeowners === null) return `label ${label}`;
  const rule = parseCodeOwners(codeowners.text).rules.find(
    ({ pattern, owners }) => owners.length > 0 && folders(pattern).includes(name.toLowerCase()),
  );
  if (rule === undefined) return `label ${label}`;
  return `label ${label}; ${codeowners.path} gives ${rule.pattern} to ${rule.owners.map(asWritten).join(' ')}`;
}

const asWritten = (owner: string): string => (owner.includes('@') ? owner : `@${owner}`);

const folders = (pattern: string): readonly string[] => pattern.toLowerCase().split('/').filter(Boolean);
