/** What a new connector can start from: a folder of `scaffolds` each. */
export const kinds = ['rest', 'sql', 'push'] as const;
export type Kind = (typeof kinds)[number];
