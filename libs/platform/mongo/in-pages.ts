/**
 * However many there are, a page of them at a time; none is empty.
 * @param bytes a page that has so many is given, too, however short it is
 */
export async function* inPages<T>(
  all: AsyncIterable<T>,
  length: number,
  bytes: { most: number; of(one: T): number } = { most: Infinity, of: () => 0 },
): AsyncGenerator<T[]> {
  let [page, size]: [T[], number] = [[], 0];
  for await (const one of all) {
    page.push(one);
    size += bytes.of(one);
    if (page.length < length && size < bytes.most) continue;
    yield page;
    [page, size] = [[], 0];
  }
  if (page.length > 0) yield page;
}
