import type { Origin } from '../api/index.ts';

/** "Shop customers / rows · record 17 · 2025-03-01" */
export function originText(origin: Origin | null): string {
  if (!origin) return 'origin unknown';
  const { kind, connection, connectionName = connection, stream, key, at } = origin;
  const place = [connectionName, stream].filter(Boolean).join(' / ');
  const day = at?.slice(0, 10);
  switch (kind) {
    case 'change':
      return 'changed for this preview';
    case 'sample':
      return 'made-up data';
    case 'clock':
      return 'the moment of the mail';
    case 'profile':
      return 'the profile';
    case 'order':
      return ['order', key, place, day].filter(Boolean).join(' · ');
    default:
      return [kind === 'trait' ? '' : kind, place, key && `record ${key}`, day].filter(Boolean).join(' · ') || kind;
  }
}
