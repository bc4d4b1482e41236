import type { ProductReader, StoredProduct } from '../products/index.ts';
import { said } from '../folding/index.ts';
import { splitIdentity } from '../identity/index.ts';
import type { OrderLineView, OrderView, ProductView } from './views.ts';

/** Products that are looked up for one person, newest orders first: more than any mail shows. */
const mostProducts = 200;

/** Products that are looked up in one read. */
const mostTogether = 500;

interface NamedProduct {
  line: OrderLineView;
  connection: string;
  id: string;
}

/** Adds to each line that names a product what is known of it (`productDetails`). */
export async function withProductDetails(orders: OrderView[], products: ProductReader): Promise<OrderView[]> {
  const [detailed = []] = await withProductDetailsOfAll([orders], products);
  return detailed;
}

/** The same for each of some people. */
export async function withProductDetailsOfAll(
  people: readonly OrderView[][],
  products: ProductReader,
): Promise<OrderView[][]> {
  const wanted = people.flatMap((orders) => namedProducts(orders).slice(0, mostProducts));
  const found: (StoredProduct | undefined)[] = [];
  for (let start = 0; start < wanted.length; start += mostTogether)
    found.push(...(await products.find(wanted.slice(start, start + mostTogether))));
  const details = new Map(
    wanted.flatMap(({ line }, index) => {
      const product = found[index];
      return product ? [[line, productView(product)] as const] : [];
    }),
  );
  if (details.size === 0) return [...people];
  return people.map((orders) => orders.map((order) => detailedOrder(order, details)));
}

function namedProducts(orders: readonly OrderView[]): NamedProduct[] {
  return orders.flatMap(({ connection, lines }) =>
    lines.flatMap((line) => {
      const id = productIdOf(line);
      return id === undefined ? [] : [{ line, connection, id }];
    }),
  );
}

function detailedOrder(order: OrderView, details: ReadonlyMap<OrderLineView, ProductView>): OrderView {
  return {
    ...order,
    lines: order.lines.map((line) => {
      const productDetails = details.get(line);
      return productDetails ? { ...line, productDetails } : line;
    }),
  };
}

/** Sources give ids as texts or numbers. */
function productIdOf({ product }: OrderLineView): string | undefined {
  const id: unknown = product;
  if (typeof id === 'number') return String(id);
  return typeof id === 'string' && id.trim() !== '' ? id.trim() : undefined;
}

function productView({ _id, name, price, url, image, properties }: StoredProduct): ProductView {
  const { kind: connection, value: id } = splitIdentity(_id);
  return { id, connection, ...said({ name, price, url, image }), properties };
}
