import type { Deed } from './deed.ts';

interface Removed {
  /** Of the API. */
  path: string;
  name: string;
  /** `sync` */
  what: string;
  /** What goes, and what stays. */
  text: string;
}

/** Removes something; where it is refused because others use it, one may insist. */
export function removal({ path, name, what, text }: Removed): Deed {
  const deed: Deed = {
    name: 'remove',
    title: `Remove this ${what}`,
    icon: 'trash',
    asks: { title: `Remove “${name}”?`, text, yes: 'Remove it' },
    do: (api) => api.delete(path),
    said: `The ${what} was removed.`,
  };
  const insisting: Deed = {
    ...deed,
    title: 'Remove it all the same',
    asks: undefined,
    do: (api) => api.delete(path, { query: { force: 'true' } }),
  };
  return { ...deed, despite: ({ code }) => (mayInsist.includes(code) ? insisting : undefined) };
}

const mayInsist = ['templates_affected', 'in_use'];
