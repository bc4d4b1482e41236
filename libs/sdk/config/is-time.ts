import { isISO8601, ValidateBy } from 'class-validator';

/** Validates an ISO time that `Date` reads, too: of weeks (`2025-W10`), days of the year and times without hyphens it makes no time at all. */
export function IsTime(): PropertyDecorator {
  const message = '$property must be an ISO time such as 2025-03-01T09:00:00Z, or a day such as 2025-03-01';
  return ValidateBy({ name: 'isTime', validator: { validate } }, { message });
}

/** Of a day of the year up to the twelfth (`2025-012`) it makes a month. */
const calendar = /^\d{4}(-\d{2}){0,2}(?![-\d])/;

function validate(text: unknown): boolean {
  return (
    typeof text === 'string' &&
    calendar.test(text) &&
    isISO8601(text, { strict: true }) &&
    Number.isFinite(Date.parse(text))
  );
}
