import { isObject, ok, rejected, retry, unchanged, type Outcome } from '@millrace/sdk';

interface Listed {
  status: string;
  message?: unknown;
  after?: unknown;
}

/** Outcomes in the body `{ "outcomes": [{ "status": "ok" }, …] }`; undefined: the body is anything else. */
export function listedOutcomes(text: string): Outcome[] | undefined {
  const body = parsed(text);
  if (!isObject(body) || !Array.isArray(body.outcomes)) return undefined;
  return body.outcomes.map((listed: unknown) => (isListed(listed) ? outcomeOf(listed) : notUnderstood));
}

function outcomeOf({ status, message, after }: Listed): Outcome {
  const said = typeof message === 'string' ? message.slice(0, 500) : undefined;
  switch (status) {
    case 'ok':
      return ok();
    case 'unchanged':
      return unchanged();
    case 'rejected':
      return rejected('remote_rejected', said ?? 'The endpoint rejected the row without a reason.');
    case 'retry':
      return retry(typeof after === 'number' && after >= 0 ? after : undefined, said);
    default:
      return notUnderstood;
  }
}

const notUnderstood: Outcome = {
  status: 'unknown',
  message: 'The endpoint listed an outcome that is none of ok, unchanged, rejected and retry.',
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // plain text such as "OK" is a fine answer
  }
}

function isListed(value: unknown): value is Listed {
  return isObject(value) && typeof value.status === 'string';
}
