const controls = 'input, select, textarea, button';

/** The first control of a form that is not right; of a group that is not right as a whole, the one to begin with. */
export function firstFault(form: HTMLElement | null): HTMLElement | undefined {
  const found = form?.querySelector<HTMLElement>('[aria-invalid], [data-faulty]');
  if (!found?.matches('[data-faulty]')) return found ?? undefined;
  return found.querySelector<HTMLElement>('[aria-invalid]') ?? found.querySelector<HTMLElement>(controls) ?? undefined;
}
