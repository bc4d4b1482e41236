import type { Locator } from 'playwright-core';

/** Until a field has a value that the page fills in: when it has read it, which may be later than the field is there. */
export function hasValue(field: Locator, value: string): Promise<void> {
  return field.and(field.page().locator(`[value="${value}"]`)).waitFor();
}
