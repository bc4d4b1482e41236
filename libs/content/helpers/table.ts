import type { KnownHelper } from '../guard/index.ts';
import { containsHelpers } from './contains.ts';
import { dateHelpers } from './dates.ts';
import { dateMathHelpers } from './date-math.ts';
import { encodingHelpers } from './encoding.ts';
import { flowHelpers } from './flow.ts';
import type { Helper } from './helper.ts';
import { hmacHelpers } from './hmac.ts';
import { insertHelpers } from './insert.ts';
import { listHelpers } from './lists.ts';
import { logicHelpers } from './logic.ts';
import { numberHelpers } from './numbers.ts';
import { stringHelpers } from './strings.ts';
import { textHelpers } from './text.ts';

/** Every helper of ours. */
export const helpers: readonly Helper[] = [
  ...textHelpers,
  ...numberHelpers,
  ...dateHelpers,
  ...dateMathHelpers,
  ...logicHelpers,
  ...containsHelpers,
  ...insertHelpers,
  ...listHelpers,
  ...encodingHelpers,
  ...hmacHelpers,
  ...flowHelpers,
  ...stringHelpers,
];

/** Of Handlebars' own helpers, those that templates may call; `log` and the like are not among them. */
export const ownHelpers = { if: 1, unless: 1, each: 1, with: 1, lookup: 2 } as const;

/** Calls that are replaced by blocks before rendering. */
const linked = { snippet: 1 } as const;

/** What the guard lets through. */
export const knownHelpers: ReadonlyMap<string, KnownHelper> = new Map<string, KnownHelper>([
  ...Object.entries({ ...ownHelpers, ...linked }).map(([name, least]) => [name, { least }] as const),
  ...helpers.map(({ name, least = 1, bare = false }) => [name, { least, bare }] as const),
]);
