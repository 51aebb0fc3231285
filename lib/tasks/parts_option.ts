import { Option } from "@commander-js/extra-typings";

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
