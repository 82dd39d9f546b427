/** Tables as CSV (RFC 4180) that spreadsheets open as they were. Pure. */

/** Without it Excel takes UTF-8 for the system's old code page; other programs pass over it. */
const BYTE_ORDER_MARK = '\uFEFF';
/** What a spreadsheet would compute instead of show. */
const FORMULA = /^[=+\-@\t\r]/;

export function csvOf(rows: readonly (readonly string[])[]): string {
  return BYTE_ORDER_MARK + rows.map((row) => row.map(cell).join(',') + '\r\n').join('');
}

function cell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
