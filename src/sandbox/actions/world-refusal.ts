/** One entry of GitHub's `errors` list. */
export interface RefusalDetail {
  readonly resource: string;
  readonly code: 'missing' | 'missing_field' | 'invalid' | 'already_exists' | 'custom';
  readonly field: string;
  readonly message?: string;
}

/** What GitHub answers instead of doing it: a rule of the platform, not a fault of the sandbox. */
export class WorldRefusal extends Error {
  override readonly name = 'WorldRefusal';
  readonly status: number;
  readonly errors: readonly RefusalDetail[];

  constructor(status: number, message: string, errors: readonly RefusalDetail[] = []) {
    super(message);
    this.status = status;
    this.errors = errors;
  }
}

/** A 404 as GitHub words it: it never says whether the thing is missing or hidden. */
export function notFound(): WorldRefusal {
  return new WorldRefusal(404, 'Not Found');
}

/** A 422 with one reason. */
export function invalid(resource: string, field: string, message: string): WorldRefusal {
  return new WorldRefusal(422, 'Validation Failed', [{ resource, code: 'custom', field, message }]);
}
