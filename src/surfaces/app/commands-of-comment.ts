import { newCommands, parseCommands } from '../../core/commands.ts';
import type { AskedCommands } from '../../operations/command-answer.ts';
import { refOfIssue } from './payload-subjects.ts';
import type { WebhookPayload } from './webhook-payload.ts';

/**
 * The commands that a comment event gives, or null when it gives none. Bots give no commands, nor do comments that an App
 * made in a person's name, and an edit gives only those that it added; they are its editor's, who need not be the
 * comment's author. Anybody may comment, so only the beginning of a very long comment is looked at.
 */
export function commandsOfComment(name: string, payload: WebhookPayload): AskedCommands | null {
  const { comment, issue, sender } = payload;
  const on = refOfIssue(payload, issue);
  if (name !== 'issue_comment' || comment === undefined || issue === undefined || on === null) return null;
  if (sender?.type !== 'User' || comment.user?.type !== 'User') return null;
  if (comment.performed_via_github_app !== undefined) return null;
  const commands = commandsGiven(payload);
  if (commands.length === 0) return null;
  const subject =
    issue.pull_request === undefined
      ? { kind: 'issue' as const, ref: on, nodeId: issue.node_id }
      : { kind: 'pull_request' as const, ref: on };
  const saidAt = comment.updated_at ?? null;
  return { on, subject, commentId: comment.id, by: sender.login, author: comment.user.login, commands, saidAt };
}

/** Characters. Parsing takes quadratic time on hostile text: this many cost about 30 ms. */
const MOST_READ = 4000;

function commandsGiven({ action, comment, changes }: WebhookPayload) {
  const body = comment?.body?.slice(0, MOST_READ) ?? '';
  if (action === 'created') return parseCommands(body);
  const before = changes?.body?.from;
  return action === 'edited' && before !== undefined ? newCommands(before.slice(0, MOST_READ), body) : [];
}
