/** Addresses, comments and texts: what looks like a declaration there is none. */
const aside = /url\(\s*[^\s"')][^)]*|\/\*[\s\S]*?(?:\*\/|$)|"[^"]*"?|'[^']*'?/gi;

/** Whether a `style` attribute keeps its element from being shown: the last `display` counts, an important one before others. */
export function hides(style: string): boolean {
  let display = '';
  let isSettled = false;
  for (const declaration of style.replace(aside, ' ').split(';')) {
    const [, value, important] = /^display\s*:\s*([\w-]+)\s*(!\s*important)?$/i.exec(declaration.trim()) ?? [];
    if (value === undefined || (isSettled && important === undefined)) continue;
    display = value.toLowerCase();
    isSettled ||= important !== undefined;
  }
  return display === 'none';
}
