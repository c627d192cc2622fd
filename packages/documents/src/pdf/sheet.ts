import Pdf from 'pdfkit';
import { fontOf } from './fonts.ts';
import type { Weight } from './fonts.ts';

export const INK = '#1b2430';
export const MUTED = '#5b6675';
export const LINE = '#d3d9e0';
const SHADE = '#f2f5f8';

export interface TextStyle {
  readonly size?: number;
  readonly weight?: Weight;
  readonly color?: string;
  readonly align?: 'left' | 'right';
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export interface SheetOptions {
  readonly title: string;
  readonly author: string;
  readonly subject: string;
  readonly language: string;
  readonly date: Date;
}

/** Part of the tree that a screen reader reads: `H1`, `Table`, `TD`. */
export type Tag = PDFKit.PDFStructureElement;

const BODY_SIZE = 9;
const LINE_GAP = 0;
const PAGE = { width: 595.28, height: 841.89, side: 54, top: 54, bottom: 70 };

/**
 * A4 pages with a pen that moves down. Lengths are points. Everything drawn is either tagged for screen readers or an
 * artifact. Nothing of it depends on the clock or on chance, so the same calls give the same bytes.
 */
export class Sheet {
  readonly left = PAGE.side;
  readonly width = PAGE.width - 2 * PAGE.side;
  readonly bottom = PAGE.height - PAGE.bottom;
  readonly doc: PDFKit.PDFDocument;
  readonly root: Tag;
  y: number = PAGE.top;

  constructor(options: SheetOptions) {
    this.doc = new Pdf({
      size: [PAGE.width, PAGE.height],
      margin: 0,
      pdfVersion: '1.7',
      tagged: true,
      lang: options.language,
      displayTitle: true,
      bufferPages: true,
      info: {
        Title: options.title,
        Author: options.author,
        Subject: options.subject,
        Creator: 'Provisie',
        Producer: 'Provisie',
        CreationDate: options.date,
        ModDate: options.date,
      },
    });
    this.doc.registerFont('regular', fontOf('regular'));
    this.doc.registerFont('bold', fontOf('bold'));
    this.root = this.doc.struct('Document');
    this.doc.addStructure(this.root);
  }

  nextPage(): void {
    this.doc.addPage();
    this.y = PAGE.top;
  }

  /** Goes to the next page unless so much fits on this one. True when it did. */
  makeRoom(height: number): boolean {
    if (this.y + height <= this.bottom) return false;
    this.nextPage();
    return true;
  }

  tag(parent: Tag, type: string): Tag {
    const child = this.doc.struct(type);
    parent.add(child);
    return child;
  }

  /** A paragraph across the page or in `box`, which it may wrap in; returns its height. The pen stays. */
  write(parent: Tag, type: string, text: string, box: Box, style: TextStyle = {}): number {
    this.tag(parent, type).add(() => this.ink(text, box, style));
    return this.heightOf(text, box.width, style);
  }

  /** Text that is neither tagged nor an artifact by itself: for use within either. */
  ink(text: string, box: Box, style: TextStyle): void {
    this.#pen(style)
      .fillColor(style.color ?? INK)
      .text(text, box.x, box.y, this.#options(box.width, style));
  }

  heightOf(text: string, width: number, style: TextStyle = {}): number {
    return this.#pen(style).heightOfString(text, this.#options(width, style));
  }

  /** What a screen reader passes over: rules, shades, running heads. */
  artifact(type: 'Layout' | 'Pagination', draw: () => void): void {
    this.doc.markContent('Artifact', { type });
    draw();
    this.doc.endMarkedContent();
  }

  rule(y: number, color: string = LINE): void {
    this.artifact('Layout', () => {
      const right = this.left + this.width;
      this.doc.lineWidth(0.6).strokeColor(color).moveTo(this.left, y).lineTo(right, y).stroke();
    });
  }

  shade(y: number, height: number): void {
    this.artifact('Layout', () => {
      this.doc.rect(this.left, y, this.width, height).fill(SHADE);
    });
  }

  /** Draws on every page when all are there. */
  eachPage(draw: (page: number, pages: number) => void): void {
    const { count } = this.doc.bufferedPageRange();
    for (let page = 0; page < count; page += 1) {
      this.doc.switchToPage(page);
      this.artifact('Pagination', () => draw(page + 1, count));
    }
  }

  #pen(style: TextStyle): PDFKit.PDFDocument {
    return this.doc.font(style.weight ?? 'regular').fontSize(style.size ?? BODY_SIZE);
  }

  #options(width: number, style: TextStyle): PDFKit.Mixins.TextOptions {
    return { width, align: style.align ?? 'left', lineGap: LINE_GAP };
  }
}
