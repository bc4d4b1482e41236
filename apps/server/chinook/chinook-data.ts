import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { Client } from 'pg';

/** The folder of a public music shop's data, beside the repository; absent on most machines. */
export const chinookFolder = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'data', 'chinook');
export const hasChinook = existsSync(join(chinookFolder, 'Customer.csv'));

interface Table {
  file: string;
  name: string;
  columns: string;
}

const tables: Table[] = [
  { file: 'Artist', name: 'artist', columns: '"ArtistId" int PRIMARY KEY, "Name" text' },
  { file: 'Album', name: 'album', columns: '"AlbumId" int PRIMARY KEY, "Title" text, "ArtistId" int' },
  {
    file: 'Track',
    name: 'track',
    columns: `"TrackId" int PRIMARY KEY, "Name" text, "AlbumId" int, "MediaTypeId" int, "GenreId" int, "Composer" text,
      "Milliseconds" int, "Bytes" bigint, "UnitPrice" numeric(10,2)`,
  },
  {
    file: 'Invoice',
    name: 'invoice',
    columns: `"InvoiceId" int PRIMARY KEY, "CustomerId" int, "InvoiceDate" timestamp, "BillingAddress" text, "BillingCity" text,
      "BillingState" text, "BillingCountry" text, "BillingPostalCode" text, "Total" numeric(10,2)`,
  },
  {
    file: 'InvoiceLine',
    name: 'invoice_line',
    columns:
      '"InvoiceLineId" int PRIMARY KEY, "InvoiceId" int, "TrackId" int, "UnitPrice" numeric(10,2), "Quantity" int',
  },
];

const view = `CREATE VIEW invoice_line_named AS
  SELECT l.*, t."Name" AS "TrackName", r."Name" AS "ArtistName"
  FROM invoice_line l JOIN track t USING ("TrackId") LEFT JOIN album a USING ("AlbumId") LEFT JOIN artist r USING ("ArtistId")`;

/** Puts the shop's invoices, lines and tracks into an empty database, with a view that names what was bought. */
export async function loadChinook(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const table of tables) await loadTable(client, table);
    await client.query(view);
  } finally {
    await client.end();
  }
}

async function loadTable(client: Client, { file, name, columns }: Table): Promise<void> {
  await client.query(`CREATE TABLE ${name} (${columns})`);
  const rows: Record<string, string>[] = parse(await readFile(join(chinookFolder, `${file}.csv`)), {
    columns: true,
    bom: true,
  });
  const values = rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([column, value]) => [column, value === '' ? null : value])),
  );
  await client.query(`INSERT INTO ${name} SELECT * FROM json_populate_recordset(NULL::${name}, $1)`, [
    JSON.stringify(values),
  ]);
}
