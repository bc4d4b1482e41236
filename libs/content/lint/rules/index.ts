import type { Rule } from '../rule.ts';
import { blankGreeting } from './blank-greeting.ts';
import { clientSupport } from './client-support.ts';
import { conditionalColumn } from './conditional-column.ts';
import { emptyLink } from './empty-link.ts';
import { emptySubject } from './empty-subject.ts';
import { emptyText } from './empty-text.ts';
import { imageWithoutAlt } from './image-without-alt.ts';
import { insecureImage } from './insecure-image.ts';
import { insecureLink } from './insecure-link.ts';
import { literalCode } from './literal-code.ts';
import { missingLang } from './missing-lang.ts';
import { missingTitle } from './missing-title.ts';
import { missingUnsubscribe } from './missing-unsubscribe.ts';
import { preheaderLength } from './preheader-length.ts';
import { relativeLink } from './relative-link.ts';
import { remoteStyle } from './remote-style.ts';
import { subjectLength } from './subject-length.ts';
import { tokenWithoutFallback } from './token-without-fallback.ts';
import { tooLargeForGmail } from './too-large-for-gmail.ts';
import { typographicQuotes } from './typographic-quotes.ts';
import { unnamedFeed } from './unnamed-feed.ts';
import { unknownToken } from './unknown-token.ts';
import { unsafeLink } from './unsafe-link.ts';

/** Every rule. */
export const rules: readonly Rule[] = [
  unknownToken,
  unnamedFeed,
  tokenWithoutFallback,
  blankGreeting,
  typographicQuotes,
  literalCode,
  missingUnsubscribe,
  unsafeLink,
  emptyLink,
  insecureLink,
  relativeLink,
  imageWithoutAlt,
  insecureImage,
  remoteStyle,
  conditionalColumn,
  tooLargeForGmail,
  clientSupport,
  emptySubject,
  subjectLength,
  preheaderLength,
  emptyText,
  missingLang,
  missingTitle,
];
