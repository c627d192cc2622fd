/** Writes a line for whoever gave the command. */
export function print(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** Amounts for people: `€1,234.50`. */
export function money(cents: number, currency = 'EUR'): string {
  return new Intl.NumberFormat('en-IE', { style: 'currency', currency }).format(cents / 100);
}

export function count(value: number): string {
  return new Intl.NumberFormat('en-IE').format(value);
}

/** A table with a header; columns whose cells are all figures stand on the right. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((name, column) =>
    Math.max(name.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const isFigure = header.map((_, column) =>
    rows.every((row) => /^[-€$£]?[\d.,€%-]*$/.test(row[column] ?? '')),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) =>
        isFigure[column] === true
          ? cell.padStart(widths[column] ?? 0)
          : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [line(header), rule, ...rows.map(line)].join('\n');
}
