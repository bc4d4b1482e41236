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

  /** A file, whatever is in it. */
  async file(path: string, call?: Call): Promise<Blob> {
    return (await this.#answer('GET', path, call)).blob();
  }

  post<T>(path: string, call?: Call): Promise<T> {
    return this.#call('POST', path, call);
  }

  put<T>(path: string, call?: Call): Promise<T> {
    return this.#call('PUT', path, call);
  }

  patch<T>(path: string, call?: Call): Promise<T> {
    return this.#call('PATCH', path, call);
  }

  /** For what is answered without a body. */
  delete(path: string, call?: Call): Promise<void> {
    return this.#call<void>('DELETE', path, call);
  }

  /** Posts, and gives the lines of the answer as they come. An answer that breaks off throws what `fetch` says. */
  async *postForLines(path: string, call?: Call): AsyncGenerator<string> {
    const { body } = await this.#answer('POST', path, call);
    if (!body) return;
    const decoder = new TextDecoder();
    const reader = body.getReader();
    let rest = '';
    try {
      for (let read = await reader.read(); !read.done; read = await reader.read()) {
        const lines = (rest + decoder.decode(read.value, { stream: true })).split('\n');
        rest = lines.pop() ?? '';
        yield* lines;
      }
    } finally {
      await reader.cancel().catch(() => undefined); // one that broke off has nothing to cancel
    }
    if (rest !== '') yield rest;
  }

  async #call<T>(method: string, path: string, call?: Call): Promise<T> {
    const response = await this.#answer(method, path, call);
    return (response.status === 204 ? undefined : await response.json()) as T;
  }

  async #answer(method: string, path: string, { signal, query = {}, body, headers }: Call = {}): Promise<Response> {
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
    if (response.ok) return response;
    if (response.status === 401) this.#onRefusedKey();
    throw await problemOf(response);
  }
}
