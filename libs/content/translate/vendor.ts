/** Mail platforms whose merge fields templates can be translated to. */
export const vendors = ['sendgrid', 'iterable', 'mailchimp', 'klaviyo', 'braze'] as const;
export type Vendor = (typeof vendors)[number];
