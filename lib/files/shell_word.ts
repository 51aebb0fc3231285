/** A word of a command line as a POSIX shell reads it back: in quotes where it has blanks or marks. */
export function shellWord(text: string): string {
  return /^[\w./:=@%,+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
