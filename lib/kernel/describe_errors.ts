import { Interrupted } from "./cell_interrupts.ts";
import type { RanCell } from "./cell_positions.ts";
import type { KernelEnd } from "./child_kernel.ts";
import { executeHidden, type FencedKernel, RUNTIME } from "./fenced_kernel.ts";
import type { MessageContent } from "./jupyter_message.ts";

/** Of a cell that could not even begin the kernel says no more than "Execution failed": it doesn't parse, or an import fails. */
export async function describeFailure(
  { ename, evalue }: MessageContent,
  { fenced, code, parser }: { fenced: FencedKernel; code: string; parser: typeof import("./interruptible_code.ts") },
) {
  const { syntaxError } = parser.interruptibleCode(code);
  if (syntaxError) return errorContent({ name: "SyntaxError", message: syntaxError });
  for (const module of parser.importedModules(code)) {
    const reply = await executeHidden(fenced, `await import(${JSON.stringify(module)})`);
    if (reply.status !== "error") continue;
    return errorContent({ name: "ImportError", message: `"${module}" could not be imported: ${reply.evalue}` });
  }
  return errorContent({ name: String(ename), message: String(evalue) });
}

/** What a front end shows of an error without a place. */
export function errorContent({ name, message }: Pick<Error, "name" | "message">): MessageContent {
  return { ename: name, evalue: message, traceback: [`${name}: ${message}`] };
}

/** An error as the console would print it, with the lines of the cells as they were written; also what isn't an Error. */
export async function describeThrown(
  told: MessageContent,
  { fenced, ran }: { fenced: FencedKernel; ran: readonly RanCell[] },
): Promise<MessageContent> {
  const { ename, evalue } = told;
  if (ename === Interrupted.name) return told;
  const { text } = await executeHidden(fenced, `await ${RUNTIME}.showThrown()`);
  const isError = (told.traceback as string[]).join("").trim() !== "";
  if (!isError) {
    const said = text.startsWith('"') ? evalue : text; // of anything but a text the kernel says "[object Object]"
    return { ename: ename || "Uncaught", evalue: said, traceback: [`Uncaught ${text}`] };
  }
  // Timers may have asked about another value meanwhile; of an error without a stack the console shows a bracket.
  const isSame = text.includes(String(evalue)) && !text.startsWith("[");
  const whole = isSame ? text : (told.traceback as string[]).join("\n");
  const { cellTraceback } = await import("./cell_positions.ts");
  return { ename, evalue, traceback: (await cellTraceback(whole, ran)).split("\n") };
}

/** Why the kernel ended, as a sentence. */
export function describeEnd({ code, signal, lastWords }: KernelEnd): string {
  if (/out of memory|heap limit/i.test(lastWords)) {
    return "The kernel filled its memory and ended: load less at once, or raise the limit with DENO_V8_FLAGS=--max-old-space-size=8192 (MB).";
  }
  if (signal === "SIGKILL") return "The kernel was killed, perhaps because the machine ran out of memory.";
  if (signal) return `The kernel was ended by ${signal}. ${lastWords}`;
  return `The kernel ended with exit status ${code}, as by Deno.exit(${code}). ${lastWords}`.trim();
}
