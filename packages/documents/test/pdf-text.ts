import { extractText, getDocumentProxy, getMeta } from 'unpdf';

export interface ReadPdf {
  readonly pages: readonly string[];
  readonly text: string;
  readonly info: Readonly<Record<string, unknown>>;
}

/** What a reader finds in a PDF. White space of any kind becomes one space. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const document = await getDocumentProxy(new Uint8Array(bytes));
  const { text } = await extractText(document, { mergePages: false });
  const { info } = await getMeta(document);
  await document.loadingTask.destroy();
  const pages = text.map((page) => page.replace(/\s+/gu, ' '));
  return { pages, text: pages.join(' '), info };
}
