import type { Dialect } from '../dialect.ts';
import type { Vendor } from '../vendor.ts';
import { braze } from './braze.ts';
import { iterable } from './iterable.ts';
import { klaviyo } from './klaviyo.ts';
import { mailchimp } from './mailchimp.ts';
import { sendgrid } from './sendgrid.ts';

/** By vendor; `told` are the fields that somebody named. */
export const dialects: Record<Vendor, (told: Readonly<Record<string, string>>) => Dialect> = {
  sendgrid,
  iterable,
  mailchimp,
  klaviyo,
  braze,
};
