/** Characters of text that are kept before they become a Blob, which a browser may keep on disk. */
const most = 4_000_000;

/** The lines of a file that grows. */
export class MailFile {
  #blobs: Blob[] = [];
  #lines: string[] = [];
  #length = 0;

  add(line: string): void {
    this.#lines.push(`${line}\n`);
    this.#length += line.length;
    if (this.#length > most) this.#flush();
  }

  blob(): Blob {
    this.#flush();
    return new Blob(this.#blobs, { type: 'application/x-ndjson' });
  }

  #flush(): void {
    this.#blobs.push(new Blob(this.#lines));
    this.#lines = [];
    this.#length = 0;
  }
}
