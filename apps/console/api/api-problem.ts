import type { MailPart } from './views/index.ts';

/** What the API says when it refuses (RFC 9457), or that it could not be reached: `unreachable`. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details: unknown = undefined,
  ) {
    super(message);
    this.name = 'ApiProblem';
  }

  /** The place in a template that the problem is about. */
  get place(): { part: MailPart; line: number; column: number } | undefined {
    const { part, line, column = 1 } = (this.details ?? {}) as { part?: MailPart; line?: number; column?: number };
    return part !== undefined && line !== undefined ? { part, line, column } : undefined;
  }
}

export async function problemOf(response: Response): Promise<ApiProblem> {
  const body = await bodyOf(response);
  const code = typeof body.code === 'string' ? body.code : 'unknown';
  const detail = typeof body.detail === 'string' ? body.detail : `The server answered with status ${response.status}.`;
  return new ApiProblem(response.status, code, detail, body.details);
}

/** The revision, or edition, that somebody else has made meanwhile, where that is why a change was refused. */
export function overtakenBy({ code, details }: ApiProblem): number | undefined {
  const { revision, edition = revision } = (details ?? {}) as { revision?: unknown; edition?: unknown };
  return code === 'conflict' && typeof edition === 'number' ? edition : undefined;
}

/** What anybody threw, as a problem. Breaking off is none: look at the signal before. */
export function asProblem(thrown: unknown): ApiProblem {
  if (thrown instanceof ApiProblem) return thrown;
  return new ApiProblem(0, 'unreachable', 'The server cannot be reached. Nothing is lost.', thrown);
}

async function bodyOf(response: Response): Promise<Record<string, unknown>> {
  try {
    return (await response.json()) as Record<string, unknown>;
  } catch {
    return {}; // a proxy's page, for instance: the status has to do
  }
}
