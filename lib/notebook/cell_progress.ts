import { basename } from "node:path";
import type { CellEvent } from "./run_notebook.ts";

/** Says on standard error which cell begins: in place on a terminal, as plain lines elsewhere. */
export function cellProgress(path: string): (event: CellEvent) => void {
  const terminal = Deno.stderr.isTerminal();
  const name = basename(path, ".ipynb");
  const write = (text: string) => Deno.stderr.writeSync(new TextEncoder().encode(text));
  return ({ cell, cells, line }) => {
    const text = `${name} ${cell}/${cells} ${line.slice(0, 60)}`;
    if (!terminal) write(`${text}\n`);
    else write(`\r\x1b[K${text}${cell === cells ? "\n" : ""}`);
  };
}
