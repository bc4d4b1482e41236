import { MillraceError } from '@millrace/sdk';

export function noSuchConnection(ref: string): MillraceError {
  return new MillraceError(
    'not_found',
    `There is no connection "${ref}". GET /api/connections lists the ids and slugs.`,
  );
}
