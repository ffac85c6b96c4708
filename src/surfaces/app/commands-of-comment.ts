import { newCommands, parseCommands } from '../../core/commands.ts';
import type { AskedCommands } from '../../operations/answer-command.ts';
import { refOfIssue } from './payload-subjects.ts';
import type { WebhookPayload } from './webhook-payload.ts';

/**
 * The commands that a comment event gives, or null when it gives none. Bots give no commands, and an edit gives only
 * those that it added; they are its editor's, who need not be the comment's author.
 */
export function commandsOfComment(name: string, payload: WebhookPayload): AskedCommands | null {
  const { comment, issue, sender } = payload;
  const on = refOfIssue(payload, issue);
  if (name !== 'issue_comment' || comment === undefined || issue === undefined || on === null) return null;
  if (sender?.type !== 'User' || comment.user?.type !== 'User') return null;
  const commands = commandsGiven(payload);
  if (commands.length === 0) return null;
  const subject =
    issue.pull_request === undefined
      ? { kind: 'issue' as const, ref: on, nodeId: issue.node_id }
      : { kind: 'pull_request' as const, ref: on };
  return { on, subject, commentId: comment.id, by: sender.login, commands };
}

function commandsGiven({ action, comment, changes }: WebhookPayload) {
  const body = comment?.body ?? '';
  if (action === 'created') return parseCommands(body);
  const before = changes?.body?.from;
  return action === 'edited' && before !== undefined ? newCommands(before, body) : [];
}
