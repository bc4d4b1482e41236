import { accessMigrations, auditResourcesOfDeeds } from '#access';
import { collectedTexts } from '#collect';
import { landedTexts } from '#landing';
import type { Migration } from '#platform';
import { alikeNames, dottedNames, profilesMigrations, readAddresses, readDomains, undatedGrants } from '#profiles';
import { consentSamples } from '#quality';
import { rejectedTexts, replayOrder, syncMigrations } from '#sync';
import { storedMarks } from '#tombstones';
import { deliveredTexts } from '#webhooks';
import { formerIndexes } from './former-indexes.migration.ts';
import { formerTimelines } from './former-timelines.migration.ts';

/** Changes of what all libs store. */
export const migrations: readonly Migration[] = [
  ...[...profilesMigrations, ...accessMigrations, ...syncMigrations, formerIndexes],
  storedMarks([...landedTexts, ...rejectedTexts, ...collectedTexts, ...deliveredTexts]),
  dottedNames,
  readAddresses,
  readDomains,
  consentSamples,
  alikeNames,
  undatedGrants,
  auditResourcesOfDeeds,
  replayOrder,
  formerTimelines,
];
