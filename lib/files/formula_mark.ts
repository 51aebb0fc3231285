// Runs in a page as well.

/** Begins as a formula does, or as one that is marked; a number is none. */
const FORMULA = /^'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/** A text with an apostrophe before it where a spreadsheet would run it as a formula (OWASP, CSV injection). */
export function marked(value: string): string {
  return FORMULA.test(value) && !(value.trim() !== "" && Number.isFinite(Number(value))) ? `'${value}` : value;
}

/** The text without the mark that {@linkcode marked} put before a formula. */
export function unmarked(value: string): string {
  return value.startsWith("'") && FORMULA.test(value) ? value.slice(1) : value;
}
