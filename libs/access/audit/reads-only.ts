import { SetMetadata, type CustomDecorator } from '@nestjs/common';

export const readsOnly = 'millrace:reads-only';

/** Says of a POST that it changes nothing, as a GET does not: the audit log does not note it. Editors call such routes with every few letters. */
export function ReadsOnly(): CustomDecorator {
  return SetMetadata(readsOnly, true);
}
