/** As WeChat Pay writes it: a byte order mark, every cell of a row begun by a backtick, lines ended by CR LF. */
export function writeCsv(table: Table, summary: Table): string {
  const lines = [table.titles.join(','), ...table.rows.map(line), summary.titles.join(','), ...summary.rows.map(line)]
  return `\ufeff${lines.join('\r\n')}\r\n`
}

export interface Table {
  readonly titles: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

const line = (cells: readonly string[]): string => cells.map((cell) => `\`${cell}`).join(',')
