import axios, { isAxiosError, type AxiosInstance, type Method } from 'axios';
import { ApiError, type Problem } from './api-error.ts';

export interface ApiClientOptions {
  url: string;
  key: string;
}

export interface Page<T> {
  data: T[];
  next: string | null;
}

/** No escape keeps URLs from being read as another path then: `..` would be the list above. */
const climbs = /(^|\/)\.\.?(?=[/?]|$)/;

/** Calls the REST API; a problem becomes an `ApiError` whose message says what to do. */
export class ApiClient {
  private readonly http: AxiosInstance;

  constructor(private readonly options: ApiClientOptions) {
    this.http = axios.create({
      baseURL: options.url,
      headers: { authorization: `Bearer ${options.key}` },
      timeout: 120_000,
      proxy: false,
    });
  }

  get<T>(path: string, params?: Record<string, unknown>): Promise<T> {
    return this.call<T>('GET', path, undefined, params);
  }

  post<T>(path: string, body: unknown = {}, headers?: Record<string, string>): Promise<T> {
    return this.call<T>('POST', path, body, undefined, headers);
  }

  put<T>(path: string, body: unknown, headers?: Record<string, string>): Promise<T> {
    return this.call<T>('PUT', path, body, undefined, headers);
  }

  delete(path: string, params?: Record<string, unknown>): Promise<void> {
    return this.call('DELETE', path, undefined, params);
  }

  patch<T>(path: string, body: unknown): Promise<T> {
    return this.call<T>('PATCH', path, body);
  }

  /** Every item of a list, page by page. */
  async *all<T>(path: string, params: Record<string, unknown> = {}): AsyncGenerator<T> {
    let after: string | null | undefined;
    do {
      const page: Page<T> = await this.get(path, { ...params, limit: 200, ...(after && { after }) });
      yield* page.data;
      after = page.next;
    } while (after);
  }

  private async call<T>(
    method: Method,
    path: string,
    data?: unknown,
    params?: Record<string, unknown>,
    headers?: Record<string, string>,
  ): Promise<T> {
    if (climbs.test(path))
      throw new ApiError(0, { code: 'bad_request', detail: '"." and ".." name nothing. Give a slug or an id.' });
    try {
      const { data: answer } = await this.http.request<T>({ method, url: path, data, params, headers });
      return answer;
    } catch (error) {
      if (!isAxiosError<Problem>(error)) throw error;
      if (error.response) throw new ApiError(error.response.status, error.response.data);
      throw new ApiError(0, {
        code: 'unreachable',
        detail: `No server answers at ${this.options.url} (${error.code ?? error.message}). Start it, or set MILLRACE_URL.`,
      });
    }
  }
}
