import type { Kind } from './kind.ts';

/**
 * Of a kind whose resources the server names by words of their own: documents have them in a field, and the slug is only for files.
 *
 * @param shown the field of the server's view that has them
 */
export function namedByWords(
  field: string,
  shown = field,
): Pick<Kind, 'named' | 'ownFields'> & Required<Pick<Kind, 'identified' | 'read'>> {
  return {
    named: field,
    ownFields: { [field]: { type: 'string' } },
    identified: ({ [shown]: words, ...view }) => ({ ...view, id: words as string, name: words as string }),
    read: (_, { id }) => Promise.resolve({ [field]: id }),
  };
}
