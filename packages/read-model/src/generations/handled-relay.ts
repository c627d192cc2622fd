import type { OpenedReadModel } from '../opened-read-model.ts';
import { nameOfGeneration, type GenerationName } from './generation.ts';

/** Tells those who read a generation in this process what its writer in this process has handled. */
export class HandledRelay {
  readonly #readers = new Map<string, Set<OpenedReadModel>>();

  add(generation: GenerationName, mode: 'write' | 'read', opened: OpenedReadModel) {
    const name = nameOfGeneration(generation);
    const readers = this.#readers.get(name) ?? new Set();
    this.#readers.set(name, readers);
    if (mode === 'read') readers.add(opened);
    const silence = mode === 'read' ? () => {} : tell(opened, readers);
    return {
      ...opened,
      close: async () => {
        silence();
        readers.delete(opened);
        await opened.close();
      },
    };
  }
}

function tell(writer: OpenedReadModel, readers: ReadonlySet<OpenedReadModel>): () => void {
  return writer.database.onHandled((position) => {
    for (const { database } of readers) database.handled(position);
  });
}
