export type TemplateFaultCode = 'template_invalid' | 'template_too_large' | 'template_failed';

/** A place in a template's source; both count from 1, as editors do. */
export interface Place {
  line: number;
  column: number;
}

/**
 * What is wrong with a template. It crosses the border between processes as plain data, and becomes a MillraceError outside: the
 * sandbox's child loads nothing but Handlebars.
 */
export class TemplateFault extends Error {
  constructor(
    readonly code: TemplateFaultCode,
    message: string,
    readonly place?: Place,
  ) {
    super(message);
    this.name = 'TemplateFault';
  }
}
