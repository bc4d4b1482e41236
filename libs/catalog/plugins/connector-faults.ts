import { configSpec, isConfigClass, messageOf, isObject } from '@millrace/sdk';
import semver from 'semver';
import { authFaults } from './auth-faults.ts';
import { fault, isFunction, isText } from './shapes.ts';
import { objectFaults } from './object-faults.ts';
import { streamFaults } from './stream-faults.ts';

const idPattern = /^[a-z][a-z0-9-]{1,62}$/;

/**
 * What keeps a plugin's default export from being a connector; nothing when it is one. It looks at the shape only, so that a plugin that
 * carries its own copy of the SDK, or is plain JavaScript, is judged alike.
 */
export function connectorFaults(candidate: unknown): string[] {
  if (candidate === undefined) return ['it has no default export: `export default defineConnector({ … })`'];
  if (!isObject(candidate)) return ['its default export is not a connector: `export default defineConnector({ … })`'];
  return [
    ...fault(
      isText(candidate.id) && idPattern.test(candidate.id),
      '`id` must be lower case letters, digits and hyphens, 2 to 63',
    ),
    ...fault(isText(candidate.title), '`title` is missing'),
    ...fault(isText(candidate.version) && semver.valid(candidate.version) !== null, '`version` must be like 1.0.0'),
    ...fault(optional(candidate.contract, isRange), '`contract` must be a semver range such as ^0.1.0'),
    ...fault(isFunction(candidate.check), '`check` must be a function'),
    ...fault(optional(candidate.http, isFunction), '`http` must be a function'),
    ...configFaults(candidate.config),
    ...(candidate.auth === undefined ? [] : authFaults(candidate.auth, candidate)),
    ...capabilityFaults(candidate),
  ];
}

function configFaults(config: unknown): string[] {
  if (!isConfigClass(config) && !isObject(config))
    return ['`config` must be a class with @Field properties, or a JSON Schema'];
  try {
    configSpec(config);
    return [];
  } catch (error) {
    return [`\`config\` cannot be used: ${messageOf(error).replace(/\.$/, '')}`]; // more may follow
  }
}

function capabilityFaults(connector: Record<string, unknown>): string[] {
  const { source, destination, webhooks } = connector;
  if (source === undefined && destination === undefined && webhooks === undefined) {
    return ['it is neither a source nor a destination: give it `source`, `destination` or `webhooks`'];
  }
  return [
    ...(source === undefined ? [] : streamFaults(source, webhooks !== undefined)),
    ...(destination === undefined ? [] : objectFaults(destination)),
    ...fault(
      webhooks === undefined || (isObject(webhooks) && isFunction(webhooks.verify) && isFunction(webhooks.parse)),
      '`webhooks` must have `verify` and `parse`',
    ),
  ];
}

function optional(value: unknown, holds: (value: unknown) => boolean): boolean {
  return value === undefined || holds(value);
}

function isRange(value: unknown): boolean {
  return isText(value) && semver.validRange(value) !== null;
}
