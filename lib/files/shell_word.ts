/** A word of a command line as a POSIX shell reads it back: in quotes where it has blanks or marks. */
export function shellWord(text: string): string {
  return /^[\w./:=@%,+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** What lets a task look into a folder that its command line doesn't name, to be put behind its name; else nothing. */
export function readingHint(folder: string): string {
  if (Deno.permissions.querySync({ name: "read", path: folder }).state === "granted") return "";
  return ` (--read ${shellWord(folder)} lets this task look there)`;
}
