/** Gives every list a `size`, which loops do not see. */
export function knowTheirSize(root: object): void {
  const waiting: object[] = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (Array.isArray(node) && !Object.hasOwn(node, 'size'))
      Object.defineProperty(node, 'size', { value: node.length });
    for (const child of Object.values(node) as unknown[])
      if (typeof child === 'object' && child !== null) waiting.push(child);
  }
}
