import type { AxiosInstance, AxiosResponse } from 'axios';

/** Starts a study; one that is not done within seconds is asked for again. */
export async function studied<T extends { id: string; state: string }>(
  by: AxiosInstance,
  path: string,
  body: object,
): Promise<AxiosResponse<T>> {
  let answer = await by.post<T>(path, body);
  while (answer.data.state === 'running') answer = await by.get<T>(`${path}/${answer.data.id}`);
  return answer;
}
