const sealedText = /^sealed:(v1\.[0-9a-f]{8}\.[\w-]{38,})$/;

/** How the value of a sensitive trait is stored in a part. */
export function writeSealed(vaultText: string): string {
  return `sealed:${vaultText}`;
}

/** What the vault opens; undefined: the value is stored as it is. */
export function readSealed(value: unknown): string | undefined {
  return typeof value === 'string' && value.startsWith('sealed:') ? sealedText.exec(value)?.[1] : undefined;
}
