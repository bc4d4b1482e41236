import type { MailPart } from './common.ts';

/** @schema TestRecipientsDto */
export interface TestRecipients {
  addresses: string[];
  domains: string[];
}

/** @schema TestSendDto */
export interface TestSend {
  id: string;
  to: string;
  hash: string;
  masked: boolean;
  answer: string | null;
}

/** @schema ShareDto */
export interface Share {
  id: string;
  state: 'open' | 'revoked' | 'erased';
  url: string | null;
  masked: boolean;
  createdAt: string;
  expiresAt: string;
}

/** @schema TranslatedFieldDto */
export interface TranslatedField {
  path: string;
  field: string;
  assumed: boolean;
}

/** @schema UntranslatedTagDto */
export interface UntranslatedTag {
  part: MailPart;
  block?: string;
  line?: number;
  column?: number;
  written: string;
  reason: string;
}

/** @schema TranslationDto */
export interface Translation {
  vendor: string;
  proven: boolean;
  mail: { subject: string; html: string; preheader?: string; text?: string };
  fields: TranslatedField[];
  untranslated: UntranslatedTag[];
  lost: string[];
}

/** A line of an export: a mail, or at the end what came of it. */
export interface ExportLine {
  profile?: string;
  summary?: { exported: number; leftOut: Record<string, number> };
  error?: { code: string; message: string; after: string | null; leftOut: Record<string, number> };
}
