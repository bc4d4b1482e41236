import { ApiProblem } from '../api/index.ts';

/** What somebody wrote as JSON may be none: told like what the server refuses. */
export function noJson<T>(read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown;
    throw new ApiProblem(400, 'invalid_condition', `The condition is no JSON: ${thrown.message}`);
  }
}
