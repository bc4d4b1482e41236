/** False where the browser allows no clipboard: it is there on HTTPS and localhost only. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await (navigator.clipboard as Clipboard | undefined)?.writeText(text);
    return 'clipboard' in navigator;
  } catch {
    return false;
  }
}
