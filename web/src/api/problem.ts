/** Failures of the API, as people and code can tell them apart. */
import type { ProblemBody } from '../sync/types.ts';

/** The server answered with an RFC 9457 problem document. `code` is stable and is what the interface translates. */
export class Problem extends Error {
  constructor(
    readonly body: ProblemBody,
    readonly retryAfter: number | null = null,
  ) {
    super(body.detail ?? body.title ?? body.code);
  }

  get status(): number {
    return this.body.status;
  }

  get code(): string {
    return this.body.code;
  }
}

/** No answer came: no network, or the server is away. */
export class Unreachable extends Error {}

export async function problemOf(response: Response): Promise<Problem> {
  const fallback: ProblemBody = { status: response.status, code: response.status >= 500 ? 'server_error' : 'unknown' };
  const json = response.headers.get('content-type')?.includes('json') ?? false;
  const body = json ? ((await response.json().catch(() => null)) as Partial<ProblemBody> | null) : null;
  const retryAfter = Number(response.headers.get('retry-after') ?? NaN);
  return new Problem({ ...fallback, ...body, status: response.status }, Number.isNaN(retryAfter) ? null : retryAfter);
}
