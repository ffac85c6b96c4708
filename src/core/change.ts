import type { Ref } from './task/identity.ts';

/** One write on GitHub as plain data. Only `operations/apply-changes.ts` carries it out. */
export type Change =
  | { readonly kind: 'create_comment'; readonly on: Ref; readonly marker: string; readonly body: string }
  | {
      readonly kind: 'update_comment';
      readonly on: Ref;
      readonly commentId: number;
      readonly marker: string;
      readonly body: string;
    }
  | { readonly kind: 'delete_comment'; readonly on: Ref; readonly commentId: number }
  | { readonly kind: 'add_reaction'; readonly on: Ref; readonly commentId: number; readonly content: Reaction }
  | {
      readonly kind: 'put_file';
      readonly repository: { readonly owner: string; readonly repo: string };
      readonly path: string;
      readonly text: string;
      readonly message: string;
    };

export type Reaction = '+1' | '-1' | 'eyes' | 'confused' | 'rocket';
