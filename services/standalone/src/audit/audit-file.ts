import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import type { FileEntry } from './manifest.ts';

const CHUNK_CHARACTERS = 262_144;
const OWNER_ONLY = 0o600;

/** Writes a text as it comes, and says of it what the manifest says. */
export class AuditFile {
  readonly #handle: FileHandle;
  readonly #hash = createHash('sha256');
  #waiting = '';
  #bytes = 0;

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /** `work` writes; resolves to the entry when all is on disk. `rows` are its own count. */
  static async written(
    path: string,
    work: (file: AuditFile) => Promise<number | null>,
  ): Promise<FileEntry> {
    const handle = await open(path, 'wx', OWNER_ONLY);
    try {
      const file = new AuditFile(handle);
      const rows = await work(file);
      await file.#flush();
      await handle.sync();
      return { sha256: file.#hash.digest('hex'), bytes: file.#bytes, rows };
    } finally {
      await handle.close();
    }
  }

  async write(text: string): Promise<void> {
    this.#waiting += text;
    if (this.#waiting.length >= CHUNK_CHARACTERS) await this.#flush();
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.from(this.#waiting);
    this.#waiting = '';
    this.#hash.update(bytes);
    this.#bytes += bytes.length;
    await this.#handle.writeFile(bytes);
  }
}
