import { type CellOutput, readContent } from "@auscult/jupyter-kernel";
import type { CodeCell, NotebookOutput } from "./notebook_format.ts";

type DisplayOutput = Extract<NotebookOutput, { output_type: "display_data" | "execute_result" }>;

/** A collector for the cells of one notebook, whose displays may be updated from later cells. */
export function collectOutputs() {
  const displays = new Map<string, DisplayOutput[]>();
  return {
    into(cell: CodeCell): (output: CellOutput) => void {
      let clearBeforeNext = false;
      return (message) => {
        const content = readContent(message);
        const type = message.header.msg_type;
        if (type === "update_display_data") return updateDisplays(displays, content);
        if (type === "clear_output") {
          if (content.wait === true) clearBeforeNext = true;
          else cell.outputs.length = 0;
          return;
        }
        const output = toOutput(type, content);
        if (!output) return;
        if (clearBeforeNext) cell.outputs.length = 0;
        clearBeforeNext = false;
        append(cell.outputs, output);
        const id = displayId(content);
        if (id !== undefined && "data" in output) displays.set(id, [...displays.get(id) ?? [], output]);
      };
    },
  };
}

/** Pieces of the same stream that follow each other are one output. */
function append(outputs: NotebookOutput[], output: NotebookOutput): void {
  const last = outputs.at(-1);
  if (output.output_type === "stream" && last?.output_type === "stream" && last.name === output.name) {
    last.text += output.text;
  } else {
    outputs.push(output);
  }
}

function updateDisplays(displays: Map<string, DisplayOutput[]>, content: Record<string, unknown>): void {
  for (const output of displays.get(displayId(content) ?? "") ?? []) {
    output.data = content.data as DisplayOutput["data"];
    output.metadata = (content.metadata ?? {}) as DisplayOutput["metadata"];
  }
}

function displayId(content: Record<string, unknown>): string | undefined {
  return (content.transient as { display_id?: string } | undefined)?.display_id;
}

function toOutput(type: string, content: Record<string, unknown>): NotebookOutput | undefined {
  const { data, metadata = {}, ename, evalue, traceback, name, text, execution_count } = content;
  const shown = { data, metadata } as Pick<DisplayOutput, "data" | "metadata">;
  switch (type) {
    case "stream":
      return { output_type: "stream", name: String(name), text: String(text) };
    case "display_data":
      return { output_type: "display_data", ...shown };
    case "execute_result":
      return { output_type: "execute_result", ...shown, execution_count: execution_count as number };
    case "error":
      return { output_type: "error", ename: String(ename), evalue: String(evalue), traceback: traceback as string[] };
    default:
      return undefined; // of widgets: a page has no place for them
  }
}
