import { shellWord } from "../files/mod.ts";

/** A task's command as a POSIX shell reads it back: `--set training.loss={"kind":"focal"}` in quotes. */
export function commandLine(task: string, args: readonly string[] = Deno.args): string {
  return ["deno task", task, ...args.map(shellWord)].join(" ");
}
