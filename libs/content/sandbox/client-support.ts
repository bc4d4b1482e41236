import { TemplateFault } from '../guard/index.ts';
import type { UnsupportedFeature } from './protocol.ts';

/** Every mail has one, and what clients make of it does not matter. */
const trivial = new Set(['<body> element']);

/**
 * What mail clients do not know at all of an HTML, by the data of caniemail.com. The data are heavy: they are loaded when they are asked
 * for. @param clients as caniemail names them, with `*`: `gmail.*`
 */
export async function unsupportedFeatures(html: string, clients: string[]): Promise<UnsupportedFeature[]> {
  const { doIUseEmail } = await import('@jsx-email/doiuse-email');
  const lacking = new Map<string, Set<string>>();
  for (const message of errorsOf(() => doIUseEmail(html, { emailClients: clients }))) {
    const [, feature, client] = /^`(.+)` is not supported by `(.+)`$/.exec(message) ?? [];
    if (feature === undefined || client === undefined || trivial.has(feature)) continue;
    lacking.set(feature, (lacking.get(feature) ?? new Set()).add(client));
  }
  return [...lacking].map(([feature, those]) => ({ feature, clients: [...those].sort() }));
}

function errorsOf(check: () => { success: true } | { success: false; errors: string[] }): string[] {
  try {
    const result = check();
    return result.success ? [] : result.errors;
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    const message = `The styles cannot be read: ${why.slice(0, 200)}. Check their braces and semicolons.`;
    throw new TemplateFault('template_failed', message);
  }
}
