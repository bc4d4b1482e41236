import { problemOf } from './api-problem.ts';

export interface Call {
  signal?: AbortSignal;
  query?: Record<string, string | number | undefined>;
  body?: unknown;
  headers?: Record<string, string>;
}

/** The server's API, as the holder of a key. Every method throws an ApiProblem when the API refuses. */
export class Api {
  readonly #key: string;
  readonly #onRefusedKey: () => void;

  /** @param onRefusedKey called when the key is not (or no longer) taken */
  constructor(key: string, onRefusedKey: () => void = () => undefined) {
    this.#key = key;
    this.#onRefusedKey = onRefusedKey;
  }

  get<T>(path: string, call?: Call): Promise<T> {
    return this.#call('GET', path, call);
  }

  post<T>(path: string, call?: Call): Promise<T> {
    return this.#call('POST', path, call);
  }

  put<T>(path: string, call?: Call): Promise<T> {
    return this.#call('PUT', path, call);
  }

  /** For what is answered without a body. */
  delete(path: string, call?: Call): Promise<void> {
    return this.#call<void>('DELETE', path, call);
  }

  async #call<T>(method: string, path: string, { signal, query = {}, body, headers }: Call = {}): Promise<T> {
    const url = new URL(path, document.baseURI);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const response = await fetch(url, {
      method,
      signal,
      cache: 'no-store',
      headers: {
        authorization: `Bearer ${this.#key}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (response.ok) return (response.status === 204 ? undefined : await response.json()) as T;
    if (response.status === 401) this.#onRefusedKey();
    throw await problemOf(response);
  }
}
