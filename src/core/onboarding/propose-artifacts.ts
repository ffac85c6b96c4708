import * as z from 'zod';
import { readYaml } from '../config-yaml.ts';
import type { OnboardingFacts, ProposedLine } from './onboarding-facts.ts';
import { yamlScalar } from './yaml-scalar.ts';

const formSchema = z.object({
  body: z.array(
    z.object({
      type: z.string(),
      attributes: z.object({ label: z.string().optional(), description: z.string().optional() }).optional(),
      validations: z.object({ required: z.boolean().optional() }).optional(),
    }),
  ),
});

/** What a task has to show before it can integrate, as such fields are usually called. */
const ARTIFACT =
  /evidence|proof|test plan|test results|verification|rollout|roll-out|rollback|migration|demo|screenshot/i;
const MOST_FIELD_LENGTH = 60;

/** The fields of issue forms that sound like something a finished task carries, the most telling first; one line each. */
export function proposeArtifacts(forms: OnboardingFacts['forms']): readonly ProposedLine[] {
  const seen = new Set<string>();
  return forms.flatMap((form) =>
    fieldsOf(form).flatMap(({ label, kind }) => {
      if (!ARTIFACT.test(label) || label.length > MOST_FIELD_LENGTH || seen.has(label.toLowerCase())) return [];
      seen.add(label.toLowerCase());
      const yaml = `    - { field: ${yamlScalar(label)}, from: implemented, is: ${kind} }`;
      return [{ yaml, reason: `${form.path} asks for it` }];
    }),
  );
}

/** Label and kind of each input; a form that is no valid YAML has none. */
function fieldsOf({ text, path }: OnboardingFacts['forms'][number]) {
  const { value, problems } = readYaml(text, path);
  const form = formSchema.safeParse(problems.length === 0 ? value : null);
  if (!form.success) return [];
  return form.data.body.flatMap(({ type, attributes }) => {
    const label = attributes?.label?.trim();
    if (!label || type === 'markdown' || type === 'checkboxes') return [];
    const isUrl = type === 'input' && /\b(?:link|url)\b/i.test(`${label} ${attributes?.description ?? ''}`);
    return [{ label, kind: isUrl ? ('url' as const) : ('text' as const) }];
  });
}
