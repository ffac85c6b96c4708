import * as z from 'zod';

/**
 * The parts of a webhook payload that Parasol looks at, read loosely: a part that is missing or has another shape is
 * `undefined`, so that no payload, old or new, can make the App fall over.
 */
const loose = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);
const text = loose(z.string());

const account = z.object({ login: z.string(), type: text });
const repository = z.object({
  name: z.string(),
  owner: z.object({ login: z.string() }),
  default_branch: text,
});
const issue = z.object({
  number: z.number().int().positive(),
  node_id: z.string(),
  state: loose(z.enum(['open', 'closed'])),
  updated_at: text,
  repository_url: text,
  parent_issue_url: text,
  pull_request: loose(z.object({})),
});
const pullRequest = z.object({ number: z.number().int().positive(), head: loose(z.object({ sha: z.string() })) });
/** How check events name pull requests: by the API address alone, for the base may be another repository. */
const listedPullRequests = loose(z.array(z.object({ url: z.string() })));
const changedText = loose(z.object({ from: text }));

const webhookPayloadSchema = z.object({
  action: text,
  installation: loose(z.object({ id: z.number().int(), account: loose(account) })),
  repository: loose(repository),
  organization: loose(z.object({ login: z.string() })),
  repositories_removed: loose(z.array(z.object({ full_name: z.string() }))),
  sender: loose(account),
  issue: loose(issue),
  sub_issue: loose(issue),
  parent_issue: loose(issue),
  blocked_issue: loose(issue),
  blocking_issue: loose(issue),
  pull_request: loose(pullRequest),
  requested_reviewer: loose(account),
  label: loose(z.object({ name: z.string() })),
  review: loose(z.object({ user: loose(account) })),
  comment: loose(
    z.object({
      id: z.number().int(),
      body: text,
      updated_at: text,
      user: loose(account),
      performed_via_github_app: loose(z.object({ id: z.number().int() })),
    }),
  ),
  merge_group: loose(
    z.object({ head_sha: z.string(), head_ref: z.string(), base_sha: z.string(), base_ref: z.string() }),
  ),
  check_run: loose(z.object({ head_sha: z.string(), pull_requests: listedPullRequests })),
  check_suite: loose(z.object({ head_sha: z.string(), pull_requests: listedPullRequests })),
  sha: text,
  /** Heads around a push. */
  before: text,
  after: text,
  ref: text,
  commits: loose(
    z.array(
      z.object({
        message: text,
        added: loose(z.array(z.string())),
        modified: loose(z.array(z.string())),
        removed: loose(z.array(z.string())),
      }),
    ),
  ),
  changes: loose(
    z.object({
      body: changedText,
      title: changedText,
      base: loose(z.object({})),
      new_issue: loose(issue),
      new_repository: loose(repository),
      repository: loose(z.object({ name: z.object({ from: z.string() }) })),
      owner: loose(z.object({ from: z.object({ user: loose(account), organization: loose(account) }) })),
    }),
  ),
});

export type WebhookPayload = z.output<typeof webhookPayloadSchema>;
export type IssuePayload = z.output<typeof issue>;

/** Never throws: whatever is not an object becomes a payload with nothing in it. */
export function parseWebhookPayload(payload: unknown): WebhookPayload {
  const parsed = webhookPayloadSchema.safeParse(payload);
  return parsed.success ? parsed.data : webhookPayloadSchema.parse({});
}
