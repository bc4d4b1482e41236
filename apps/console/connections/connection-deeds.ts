import type { Api, Connection } from '../api/index.ts';
import { removal, type Deed } from '../rooms/index.ts';

export function checking({ id, check }: Connection): Deed {
  return {
    name: 'check',
    title: 'Check now',
    icon: 'check',
    main: check?.ok !== true,
    do: (api) => api.post(`api/connections/${id}/check`),
    said: 'Checked.',
  };
}

/** Checks what was just saved. That it could not be checked is no failure of saving: its room tells how it is. */
export async function checkSaved(api: Api, { id }: Connection): Promise<void> {
  await api.post(`api/connections/${id}/check`).catch(() => undefined);
}

/** Whoever was asked when its address was changed may have left, or not have known. */
export function startingOver({ id }: Connection): Deed {
  return {
    name: 'startOver',
    title: 'It is another place: start over',
    asks: {
      title: 'Does it lead to another place?',
      text: 'Its syncs start over then: they read everything there is, as if they had never been there.',
      yes: 'Start over',
    },
    do: (api) => api.patch(`api/connections/${id}`, { body: { moved: true } }),
    said: 'Its syncs start over.',
  };
}

export function removing({ id, name }: Connection): Deed {
  return removal({
    ...{ path: `api/connections/${id}`, name, what: 'connection' },
    text: 'Its configuration and its secrets are removed. What it has brought stays: profiles keep what they have from it, unless you remove what it said about people before. Syncs that use it have to be removed before.',
  });
}
