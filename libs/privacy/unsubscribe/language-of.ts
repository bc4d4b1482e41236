import type { Request } from 'express';
import { languages, type Language } from './preference-texts.ts';

/** The best of our languages for a browser; English where it wants none of them. */
export function languageOf(request: Pick<Request, 'acceptsLanguages'>): Language {
  const best = request.acceptsLanguages([...languages]);
  return languages.find((language) => language === best) ?? 'en';
}
