export * from './document.ts';
export * from './document-error.ts';
export { documentPdf } from './pdf/document-pdf.ts';
export { documentUbl } from './ubl/document-ubl.ts';
