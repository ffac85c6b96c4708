import { GraphQLError, type GraphQLFormattedError } from 'graphql';

/** GitHub's own error kinds that the sandbox answers with, as they stand in `errors[].type`. */
export type GithubErrorType =
  | 'NOT_FOUND'
  | 'FORBIDDEN'
  | 'INSUFFICIENT_SCOPES'
  | 'UNPROCESSABLE'
  | 'INVALID_CURSOR_ARGUMENTS'
  | 'MISSING_PAGINATION_BOUNDARIES'
  | 'EXCESSIVE_PAGINATION'
  | 'MAX_NODE_LIMIT_EXCEEDED';

/** An error that GitHub would answer with too; a resolver throws it, or puts it into a list in an element's place. */
export class GithubError extends Error {
  override readonly name = 'GithubError';
  readonly type: GithubErrorType;

  constructor(type: GithubErrorType, message: string) {
    super(message);
    this.type = type;
  }
}

/** Something of GitHub's schema that the sandbox has no answer for. It spoils the whole answer: see `isOwnFault`. */
export class NotModelled extends Error {
  override readonly name = 'NotModelled';

  constructor(what: string) {
    super(`not modelled: ${what}`);
  }
}

export function forbidden(): GithubError {
  return new GithubError('FORBIDDEN', 'Resource not accessible by integration');
}

/** An error as GitHub writes it: `type` beside the message, and for a refusal the `saml_failure` flag. */
export function formatError(error: GraphQLError): GraphQLFormattedError & { readonly type?: string } {
  const formatted = error.toJSON();
  const cause = error.originalError;
  if (cause instanceof NotModelled) return { ...formatted, type: 'NOT_MODELLED' };
  if (!(cause instanceof GithubError)) return formatted;
  const extensions = cause.type === 'FORBIDDEN' ? { extensions: { saml_failure: false } } : {};
  return { ...formatted, type: cause.type, ...extensions };
}

/** Whether the sandbox itself failed. Such an answer carries no data, so that a hole never reads as "nothing there". */
export function isOwnFault(error: GraphQLError): boolean {
  return error.originalError !== undefined && !(error.originalError instanceof GithubError) && !isInputError(error);
}

function isInputError(error: GraphQLError): boolean {
  return error.originalError instanceof GraphQLError;
}
