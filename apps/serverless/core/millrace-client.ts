export interface Answer {
  status: number;
  body: unknown;
}

export interface MillraceClient {
  /** Rejects where there was no answer. */
  post(path: string, body: string, headers: Record<string, string>): Promise<Answer>;
}

const mostAnswerBytes = 5_000_000;

/** `remainingMs`: how long the function may still run. */
export function millraceClient(url: string, timeoutMs: number, remainingMs: () => number): MillraceClient {
  return {
    async post(path, body, headers) {
      const wait = Math.min(timeoutMs, remainingMs() - 500); // what remains is needed to tell the platform
      if (wait <= 0) throw new Error('The function has no time left.');
      const answer = await fetch(`${url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'user-agent': 'millrace-serverless', ...headers },
        body,
        redirect: 'error', // keys go nowhere else
        signal: AbortSignal.timeout(wait),
      });
      const text = (await answer.text()).slice(0, mostAnswerBytes);
      return { status: answer.status, body: parsed(text) };
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What Millrace says of a failure, without what it says about whom. */
export function problemIn({ status, body }: Answer): string {
  const { code } = (body ?? {}) as { code?: unknown };
  return typeof code === 'string' ? `${status} ${code}` : String(status);
}
