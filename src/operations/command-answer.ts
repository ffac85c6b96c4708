import type { Change, Reaction } from '../core/change.ts';
import type { Command } from '../core/commands.ts';
import { buildMarker } from '../core/marker.ts';
import type { Instant } from '../core/task/facts.ts';
import type { Ref, RepositoryRef } from '../core/task/identity.ts';
import { loadRole } from '../github/load-role.ts';
import type { OperationContext } from './operation.ts';
import type { Subject } from './subject.ts';

/** Commands that one comment gave. */
export interface AskedCommands extends AskingComment {
  readonly subject: Subject;
  /** Who wrote the commands: for an edit, the editor. */
  readonly by: string;
  /** Whose comment it is. */
  readonly author: string;
  readonly commands: readonly Command[];
  /** When the comment was made, or edited last, as the event tells. */
  readonly saidAt: Instant | null;
}

interface AskingComment {
  /** The issue or pull request under which the comment stands. */
  readonly on: Ref;
  readonly commentId: number;
}

/** What a command has to say: nothing when all went well, otherwise what was wrong and what to do. */
export type Said = SaidText & {
  /** The plan that this is the end of. */
  readonly planId?: string;
};

type SaidText =
  | { readonly ok: true; readonly text: string | null }
  | { readonly ok: false; readonly text: string; readonly cause?: unknown }
  /** Its author may not give this command, and is told no more. */
  | { readonly ok: false; readonly text: null; readonly isRefused: true };

/** One face and at most one reply for all that the commands of a comment have to say. */
export function planAnswer(asked: AskingComment, said: readonly Said[]): readonly Change[] {
  const texts = said.flatMap(({ text }) => text ?? []);
  const face = planReaction(asked, faceOf(said));
  return texts.length === 0 ? [face] : [face, reply(asked, texts.join('\n\n'))];
}

function faceOf(said: readonly Said[]): Reaction {
  if (said.every(({ ok }) => ok)) return '+1';
  return said.some((one) => 'isRefused' in one) ? '-1' : 'confused';
}

const planReaction = ({ on, commentId }: AskingComment, content: Reaction): Change => ({
  kind: 'add_reaction',
  on,
  commentId,
  content,
});

/** The marker names the comment that is answered, so that a repeated delivery makes no second reply. */
function reply({ on, commentId }: AskingComment, text: string): Change {
  const marker = `${buildMarker('reply', 1)}<!-- to ${commentId} -->`;
  return { kind: 'create_comment', on, marker, body: `${marker}\n${text}` };
}

const MAY_COMMAND = new Set(['triage', 'write', 'maintain', 'admin']);
/** Splitting makes issues and labels; waiving decides what ships. */
const MAY_WRITE = new Set(['write', 'maintain', 'admin']);

export const mayCommand = (context: OperationContext, repository: RepositoryRef, login: string): Promise<boolean> =>
  hasRole(context, { repository, login, roles: MAY_COMMAND });

export const mayWrite = (context: OperationContext, repository: RepositoryRef, login: string): Promise<boolean> =>
  hasRole(context, { repository, login, roles: MAY_WRITE });

interface RoleQuestion {
  readonly repository: RepositoryRef;
  readonly login: string;
  readonly roles: ReadonlySet<string>;
}

async function hasRole({ github }: OperationContext, { repository, login, roles }: RoleQuestion): Promise<boolean> {
  const { owner, repo } = repository;
  return roles.has(await loadRole(github, { owner, repo }, login));
}
