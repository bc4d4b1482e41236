/**
 * How a row becomes another: target path → where the value comes from. Data, so that it can be edited per sync.
 *
 * - `'path | transform(args) | …'`: e.g. `'email | trim | lower'`, `'lines[*].price | sum'`, `'["odd name"]'`, `'$'` (the whole row)
 * - `{ value }`: a constant
 * - `{ each, map }`: a list made by mapping every element of a list
 * - `{ template }`: Handlebars over the row; rendered where untrusted code runs
 *
 * A target is a dotted path: `traits.firstName`, `identities.email`.
 */
export interface Mapping {
  [target: string]: MappingRule;
}

export type MappingRule = string | { value: unknown } | { template: string } | { each: string; map: Mapping };
