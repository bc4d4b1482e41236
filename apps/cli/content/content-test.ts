import type { JsonSchema } from '@millrace/sdk';
import type { Fields } from '../config/documents/document.ts';

/** Whose mails are composed, and when. */
export interface ContentTest {
  slug: string;
  /** ISO text: the clock of every mail. */
  clock: string;
  /** What is known of each person, by a name for the results. */
  people: Record<string, Fields>;
  /** Slugs; default: all there are. */
  templates?: string[];
  /** What feeds say, by slug; default: their fallback. */
  feeds: Fields;
  /** Where its results are. */
  folder: string;
}

const name = '^[a-z0-9][a-z0-9-]{0,62}$';

export const contentTestSchema: JsonSchema = {
  type: 'object',
  required: ['clock', 'people'],
  additionalProperties: false,
  properties: {
    clock: { type: 'string', format: 'date-time' },
    people: {
      type: 'object',
      minProperties: 1,
      propertyNames: { pattern: name },
      additionalProperties: { type: 'object' },
    },
    templates: { type: 'array', items: { type: 'string' } },
    feeds: { type: 'object' },
  },
};
