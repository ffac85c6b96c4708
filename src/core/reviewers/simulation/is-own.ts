/** Whether somebody wrote a change, or opened it for whoever did: GitHub asks neither of them to review it. */
export const isOwn = (
  { author, openedBy }: { readonly author: string; readonly openedBy?: string | null | undefined },
  id: string,
): boolean => id === author || id === openedBy;
