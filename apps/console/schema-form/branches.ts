import type { JsonObject } from './json.ts';
import { branchesOf, type Schema } from './schema.ts';

/** The branch of the schema that the value most likely is of; the first one while nothing tells. */
export function branchOf(schema: Schema, value: JsonObject): number {
  const branches = branchesOf(schema);
  const fits = branches.map((branch) => fitOf(branch, value));
  const best = Math.max(...fits);
  return best <= 0 ? 0 : fits.indexOf(best);
}

/** The value as one of another branch: what only the former has goes, what the new one says goes without saying comes. */
export function inBranch(schema: Schema, value: JsonObject, index: number): JsonObject {
  const branches = branchesOf(schema);
  const { properties = {} } = branches[index] ?? {};
  const named = new Set(branches.flatMap((branch) => Object.keys(branch.properties ?? {})));
  const kept = Object.entries(value).filter(([name]) => !named.has(name) || mayKeep(properties[name]));
  const said = Object.entries(properties).filter(([, field]) => field.const !== undefined);
  return { ...Object.fromEntries(kept), ...Object.fromEntries(said.map(([name, field]) => [name, field.const])) };
}

const mayKeep = (field: Schema | undefined): boolean => field !== undefined && field.const === undefined;

/** Below 0 where a constant says otherwise; else how many of its fields are there, constants before all. */
function fitOf({ properties = {} }: Schema, value: JsonObject): number {
  let fit = 0;
  for (const [name, field] of Object.entries(properties)) {
    if (field.const === undefined) fit += value[name] === undefined ? 0 : 1;
    else if (value[name] !== undefined) fit += field.const === value[name] ? 1000 : -10_000;
  }
  return fit;
}

/** What a branch is called. */
export function branchTitle({ title, properties = {} }: Schema, index: number): string {
  const constant = Object.values(properties).find((field) => typeof field.const === 'string')?.const;
  return title ?? (typeof constant === 'string' ? constant : `Way ${index + 1}`);
}
