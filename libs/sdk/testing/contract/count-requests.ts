import type { HttpClient } from '../../index.ts';

/** Does the work, and tells how many requests it made. */
export async function countRequests<T>(
  http: HttpClient,
  work: () => Promise<T>,
): Promise<{ result: T; requests: number }> {
  let requests = 0;
  const watching = http.interceptors.request.use((config) => {
    requests++;
    return config;
  });
  try {
    return { result: await work(), requests };
  } finally {
    http.interceptors.request.eject(watching);
  }
}
