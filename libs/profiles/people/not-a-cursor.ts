import { MillraceError } from '@millrace/sdk';

export function notACursor(): MillraceError {
  return new MillraceError('bad_request', '`after` is not a cursor of this list: use the `next` of the former page.');
}
