import { shellWord } from "./shell_word.ts";

/** What lets a task look into a folder that its command line doesn't name, to be put behind its name; else nothing. */
export function readingHint(folder: string): string {
  if (Deno.permissions.querySync({ name: "read", path: folder }).state === "granted") return "";
  return ` (--read ${shellWord(folder)} lets this task look there)`;
}
