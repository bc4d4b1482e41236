/** A lane's name as a field of a document: dots and dollars would be taken for paths and operators. */
export function laneField(lane: string): string {
  return lane.replaceAll(/[%.$\0]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

export function laneOf(field: string): string {
  return field.replaceAll(/%([0-9a-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
