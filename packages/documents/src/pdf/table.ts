import { setImmediate as nextTurn } from 'node:timers/promises';
import { INK, LINE, MUTED } from './sheet.ts';
import type { Sheet, Tag, TextStyle } from './sheet.ts';

export interface Column<Row> {
  readonly heading: string;
  /** Share of the page's width; the shares of all columns make 1. */
  readonly share: number;
  readonly align: 'left' | 'right';
  readonly cell: (row: Row) => string;
}

export interface TableLook<Row> {
  readonly isTotal?: (row: Row) => boolean;
  /** Low rows, for tables of many pages. */
  readonly dense?: boolean;
}

const PADDING = 4;
const DENSE_PADDING = 2;
const HEADING: TextStyle = { size: 8, weight: 'bold', color: MUTED };

/** Rows after which others get a turn: a long table takes seconds. */
const TURN = 50;

/** A table that may run over pages; each begins with the headings. The pen ends below it. */
export async function drawTable<Row>(
  sheet: Sheet,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  look: TableLook<Row> = {},
): Promise<void> {
  const table = sheet.tag(sheet.root, 'Table');
  const headingHeight = sheet.heightOf('X', sheet.width, HEADING) + 2 * PADDING;
  sheet.makeRoom(2 * headingHeight);
  drawHeading(sheet, table, columns, headingHeight);
  for (const [index, row] of rows.entries()) {
    if (index % TURN === TURN - 1) await nextTurn();
    const isTotal = look.isTotal?.(row) === true;
    const style: TextStyle = isTotal ? { weight: 'bold' } : {};
    const padding = look.dense === true ? DENSE_PADDING : PADDING;
    const height = rowHeight(sheet, columns, row, style) + 2 * padding;
    if (sheet.makeRoom(height)) repeatHeading(sheet, columns, headingHeight);
    drawRow(sheet, table, columns, row, style, padding);
    sheet.y += height;
    sheet.rule(sheet.y, isTotal ? INK : LINE);
  }
  table.end();
}

function drawRow<Row>(
  sheet: Sheet,
  table: Tag,
  columns: readonly Column<Row>[],
  row: Row,
  style: TextStyle,
  padding: number,
): void {
  const tag = sheet.tag(table, 'TR');
  for (const [column, box] of placed(sheet, columns, padding)) {
    const cell = sheet.tag(tag, 'TD');
    cell.add(() => sheet.ink(column.cell(row), box, { ...style, align: column.align }));
    cell.end();
  }
  tag.end();
}

function drawHeading<Row>(
  sheet: Sheet,
  table: Tag,
  columns: readonly Column<Row>[],
  height: number,
): void {
  sheet.shade(sheet.y, height);
  const row = sheet.tag(table, 'TR');
  for (const [column, box] of placed(sheet, columns, PADDING))
    sheet.write(row, 'TH', column.heading, box, { ...HEADING, align: column.align });
  row.end();
  sheet.y += height;
}

/** To the eye only: a screen reader heard the headings already. */
function repeatHeading<Row>(sheet: Sheet, columns: readonly Column<Row>[], height: number): void {
  sheet.shade(sheet.y, height);
  sheet.artifact('Pagination', () => {
    for (const [column, box] of placed(sheet, columns, PADDING))
      sheet.ink(column.heading, box, { ...HEADING, align: column.align });
  });
  sheet.y += height;
}

function placed<Row>(sheet: Sheet, columns: readonly Column<Row>[], padding: number) {
  let x = sheet.left;
  return columns.map((column) => {
    const width = column.share * sheet.width;
    const box = { x: x + PADDING, y: sheet.y + padding, width: width - 2 * PADDING };
    x += width;
    return [column, box] as const;
  });
}

/** Of the texts; numbers, which stand right, are never as long as to wrap. */
function rowHeight<Row>(
  sheet: Sheet,
  columns: readonly Column<Row>[],
  row: Row,
  style: TextStyle,
): number {
  const heights = columns
    .filter((column) => column.align === 'left')
    .map((column) =>
      sheet.heightOf(column.cell(row), column.share * sheet.width - 2 * PADDING, style),
    );
  return Math.max(...heights);
}
