import type { HttpClient } from '../../index.ts';

type Requests = { had: boolean; count: number };

/** Does the work, and tells how many requests it made, and whether one of them had the text: in its address, its headers or its body. */
export async function sentWith<T>(
  http: HttpClient,
  text: string,
  work: () => Promise<T>,
): Promise<{ result: T; requests: Requests }> {
  const requests: Requests = { had: false, count: 0 };
  const watching = http.interceptors.request.use((config) => {
    const { url, headers } = config;
    const [params, body] = [config.params, config.data] as unknown[];
    requests.count++;
    requests.had ||= isOpaque(body) || JSON.stringify([url, params, headers, body]).includes(text);
    return config;
  });
  try {
    return { result: await work(), requests };
  } finally {
    http.interceptors.request.eject(watching);
  }
}

/** A form, a stream or bytes: what is in them is not to be seen. */
function isOpaque(body: unknown): boolean {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return false;
  return Object.getPrototypeOf(body) !== Object.prototype;
}
