export * from './document.ts';
export * from './document-error.ts';
export { documentPdf } from './pdf/document-pdf.ts';
export { unprintableCharacters } from './pdf/fonts.ts';
export { documentUbl } from './ubl/document-ubl.ts';
