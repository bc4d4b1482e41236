/** The parts of a problem+json answer (RFC 9457) that people read. */
export interface Problem {
  code?: string;
  title?: string;
  detail?: string;
  details?: unknown;
}

/** The API refused a call, or could not be reached (status 0). */
export class ApiError extends Error {
  readonly code: string;
  readonly details: unknown;

  constructor(
    readonly status: number,
    problem: Problem | undefined,
  ) {
    super(problem?.detail ?? problem?.title ?? `The server answered ${status}.`);
    this.name = 'ApiError';
    this.code = problem?.code ?? 'unknown';
    this.details = problem?.details;
  }
}
