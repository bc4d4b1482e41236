import type { AxiosInstance, AxiosRequestConfig, AxiosResponse } from 'axios';

type WithoutBody = <T = unknown>(url: string, config?: AxiosRequestConfig) => Promise<AxiosResponse<T>>;
type WithBody = <T = unknown>(url: string, data?: unknown, config?: AxiosRequestConfig) => Promise<AxiosResponse<T>>;

/**
 * An axios instance with keep-alive, timeouts, a size limit, retries, a rate budget and the private-address guard.
 *
 * An answer's `data` is `unknown` until it is looked at: with `isObject`, `rowIn`, `textIn` or `compileSchema`. `get<Answer>(…)` believes that it is one.
 */
export interface HttpClient extends Pick<AxiosInstance, 'defaults' | 'interceptors' | 'getUri'> {
  request<T = unknown>(config: AxiosRequestConfig): Promise<AxiosResponse<T>>;
  get: WithoutBody;
  delete: WithoutBody;
  head: WithoutBody;
  options: WithoutBody;
  post: WithBody;
  put: WithBody;
  patch: WithBody;
  postForm: WithBody;
  putForm: WithBody;
  patchForm: WithBody;
}

/** The axios settings of a connection, and its rate. */
export interface HttpSettings {
  baseURL?: string;
  headers?: Record<string, string>;
  params?: Record<string, string>;
  auth?: { username: string; password: string };
  /** Milliseconds for one attempt (default 30,000). */
  timeout?: number;
  /** At most so many requests over all workers: `10/s`, `600/min`. */
  rate?: `${number}/${'s' | 'min' | 'h'}`;
  /** Attempts after the first, on network errors, 408, 429 and 5xx (default 4). POST and PATCH are repeated only on 429 and 503. */
  retries?: number;
  /** Bytes an answer may have (default 50 MB). */
  maxBytes?: number;
}
