const atATime = 500;

/** However many there are, a page of them at a time; none is empty. */
export async function* inPages<T>(all: AsyncIterable<T>): AsyncGenerator<T[]> {
  const page: T[] = [];
  for await (const one of all) {
    page.push(one);
    if (page.length === atATime) yield page.splice(0);
  }
  if (page.length > 0) yield page;
}
