/** How requests name a stream: by name, or by ARN where it belongs to another account. */
export function streamIdentity(stream: string): { StreamName: string } | { StreamARN: string } {
  return stream.startsWith('arn:') ? { StreamARN: stream } : { StreamName: stream };
}
