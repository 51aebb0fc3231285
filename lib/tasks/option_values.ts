// How values of options are read from a command line.
import { InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { shellWord } from "../files/visible_text.ts";

/** Of an option that may be repeated: all of its values. */
export function collect(value: string, before: string[]): string[] {
  return [...before, value];
}

/** Parses a command-line value that must be a whole number of 1 or more: of none, nothing would be done. */
export function countNumber(text: string): number {
  if (!/^0*[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError("It should be a whole number of 1 or more.");
  return Number(text);
}

/** Parses a command-line value that must be a whole number of 0 or more. */
export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("It should be a whole number of 0 or more.");
  return Number(text);
}

/** A task's command as a POSIX shell reads it back: `--set training.loss={"kind":"focal"}` in quotes. */
export function commandLine(task: string, args: readonly string[] = Deno.args): string {
  return ["deno task", task, ...args.map(shellWord)].join(" ");
}

/** `--parts FILE`: the module that is imported before anything is looked up by name. */
export function partsOption() {
  return new Option("--parts <file>", "the module that defines parts of your own, or the experiment that uses them");
}

/** Imports what {@linkcode partsOption} names, where it names something. */
export async function importNamed({ parts }: { parts?: string }): Promise<void> {
  if (parts === undefined) return;
  const { importParts } = await import("../parts/mod.ts");
  await importParts(parts);
}
