export type MailPart = 'subject' | 'preheader' | 'source' | 'text' | 'fromName' | 'replyTo';

/**
 * Where in a template something is.
 *
 * @schema WarningDto
 * @awaited block
 */
export interface Place {
  part?: MailPart;
  /** The reusable block whose source line and column are of. */
  block?: string;
  line?: number;
  column?: number;
}

/**
 * @schema WarningDto
 * @awaited block
 */
export interface Warning extends Place {
  code: string;
  message: string;
}

/** Any list of the API. */
export interface List<T> {
  data: T[];
  next: string | null;
}
