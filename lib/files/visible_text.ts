/** All that moves a cursor, colours, clears, retitles or reverses: C0 but tab and line feed, DEL, C1, and overrides of direction. */
// deno-lint-ignore no-control-regex
const COMMANDS = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Text as it may go to a terminal: names of files, labels and messages come from others, and their control characters would be
 * obeyed. Each stands there as its number instead.
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * expect(visibleText("a\x1b[2Jb.wav")).toBe("a\\x1b[2Jb.wav");
 * ```
 */
export function visibleText(text: string): string {
  return text.replaceAll(COMMANDS, (character) => {
    const code = character.charCodeAt(0).toString(16);
    return code.length > 2 ? `\\u${code}` : `\\x${code.padStart(2, "0")}`;
  });
}

/** Text that Markdown, HTML and terminals leave as it is: names of classes, files and sources are never markup. */
export function plainText(text: string): string {
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return visibleText(escaped.replaceAll(/[\\`*_{}[\]#|!~$]/g, "\\$&").replaceAll(/\s*[\r\n]+\s*/g, " "));
}

/** A word of a command line as a POSIX shell reads it back: in quotes where it has blanks or marks. */
export function shellWord(text: string): string {
  return /^[\w./:=@%,+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** What lets a task look into a folder that its command line doesn't name, to be put behind its name; else nothing. */
export function readingHint(folder: string): string {
  if (Deno.permissions.querySync({ name: "read", path: folder }).state === "granted") return "";
  return ` (--read ${shellWord(folder)} lets this task look there)`;
}
