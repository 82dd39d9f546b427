/** The HTTP client of Headway's API: cookies for the session, problems as errors, one refresh when the session is stale. */
import { uuid7 } from '../sync/uuid.ts';
import { problemOf, Unreachable, type Problem } from './problem.ts';

export interface RequestOptions {
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, string | number | boolean | null | undefined>>;
  readonly key?: string;
  readonly signal?: AbortSignal;
  /** False where a 401 is the answer itself (sign-in, refresh). */
  readonly renew?: boolean;
}

/** Whose requests a client makes. */
export interface Asker {
  readonly person: string;
  /** The cookies of this browser are somebody else's by now; nothing more is done in this person's name. */
  readonly replaced: () => void;
}

export class Api {
  private renewing: Promise<boolean> | null = null;

  /** `base` is the address of the product, with a slash at its end. Without `asker` it asks as whoever is signed in. */
  constructor(
    readonly base: string,
    private readonly send: typeof fetch = (input, init) => fetch(input, init),
    private readonly asker: Asker | null = null,
  ) {}

  /** The same for one person. */
  as(asker: Asker): Api {
    return new Api(this.base, this.send, asker);
  }

  get person(): string | null {
    return this.asker?.person ?? null;
  }

  /** What every request says. */
  headers(): Record<string, string> {
    return { Accept: 'application/json', ...(this.asker && { 'Headway-Person': this.asker.person }) };
  }

  /** A refusal as an error. */
  async refusal(response: Response): Promise<Problem> {
    const problem = await problemOf(response);
    if (problem.code === 'other_person') this.asker?.replaced();
    return problem;
  }

  url(path: string, query: RequestOptions['query'] = {}): string {
    const url = new URL(`api/v1${path}`, this.base);
    for (const [name, value] of Object.entries(query)) {
      if (value !== null && value !== undefined) url.searchParams.set(name, String(value));
    }
    return url.href;
  }

  async get<T>(path: string, query?: RequestOptions['query'], signal?: AbortSignal): Promise<T> {
    return this.json<T>('GET', path, { ...(query && { query }), ...(signal && { signal }) });
  }

  async post<T>(path: string, body?: unknown, options: RequestOptions = {}): Promise<T> {
    return this.json<T>('POST', path, { ...options, body });
  }

  async put<T>(path: string, body?: unknown): Promise<T> {
    return this.json<T>('PUT', path, { body });
  }

  async patch<T>(path: string, body: unknown): Promise<T> {
    return this.json<T>('PATCH', path, { body });
  }

  async delete<T>(path: string, body?: unknown): Promise<T> {
    return this.json<T>('DELETE', path, { body });
  }

  /** The answer itself, after a refresh of the session where that was needed. Throws a Problem when it is an error. */
  async response(method: string, path: string, options: RequestOptions = {}): Promise<Response> {
    let response = await this.attempt(method, path, options);
    if (response.status === 401 && options.renew !== false && (await this.renew())) {
      response = await this.attempt(method, path, options);
    }
    if (!response.ok) throw await this.refusal(response);
    return response;
  }

  /** Exchanges the refresh cookie for a new session; false when there is none any more. */
  renew(): Promise<boolean> {
    this.renewing ??= this.attempt('POST', '/auth/refresh', {})
      .then(async (response) => {
        if (response.ok) return true;
        if (response.status === 401 || response.status === 403) return false;
        throw await this.refusal(response);
      })
      .finally(() => {
        this.renewing = null;
      });
    return this.renewing;
  }

  private async json<T>(method: string, path: string, options: RequestOptions): Promise<T> {
    const response = await this.response(method, path, options);
    const text = await response.text();
    return (text === '' ? null : JSON.parse(text)) as T;
  }

  private async attempt(method: string, path: string, options: RequestOptions): Promise<Response> {
    const headers = new Headers(this.headers());
    if (method !== 'GET') headers.set('Idempotency-Key', options.key ?? uuid7());
    if (options.body !== undefined) headers.set('Content-Type', 'application/json');
    try {
      return await this.send(this.url(path, options.query), {
        method,
        headers,
        credentials: 'same-origin',
        ...(options.body !== undefined && { body: JSON.stringify(options.body) }),
        ...(options.signal && { signal: options.signal }),
      });
    } catch (error) {
      if (options.signal?.aborted) throw error;
      throw new Unreachable();
    }
  }
}
