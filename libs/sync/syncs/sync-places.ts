/** Where a connection led when a sync learned what it knows: its place is another once somebody says so. */
export interface KnownPlace {
  connection: string;
  place: number;
}

export interface SyncPlaces {
  from: KnownPlace;
  to: KnownPlace;
}

interface Known extends Record<'from' | 'to', { connection: string }> {
  places?: SyncPlaces;
}

/** Whether one of a sync's connections leads to another place than what the sync knows is of. Another connection is told by the sync itself. */
export function leadsElsewhere(side: 'from' | 'to', { places }: Pick<Known, 'places'>, existing: Known): boolean {
  const known = existing.places?.[side] ?? { connection: existing[side].connection, place: 1 };
  const now = places?.[side] ?? known;
  return now.connection === known.connection && now.place !== known.place;
}
