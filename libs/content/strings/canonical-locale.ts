import { MillraceError } from '@millrace/sdk';

/** `pt_br` → `pt-BR`. @throws MillraceError `bad_request` */
export function canonicalLocale(locale: string): string {
  try {
    const [found] = Intl.getCanonicalLocales(locale.replaceAll('_', '-'));
    if (found !== undefined && locale.length <= 35) return found;
  } catch {
    // it is told below
  }
  throw new MillraceError(
    'bad_request',
    `"${locale.slice(0, 35)}" is no locale: write one such as "en", "pt-BR" or "de-AT".`,
  );
}
