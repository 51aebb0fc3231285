import type { CellOutput } from "./fenced_kernel.ts";
import { readContent } from "./jupyter_message.ts";

/** Long enough for a loop's next line, too short to be noticed. */
const WAIT_MS = 30;
const LENGTH_AT_MOST = 1 << 16;
const encoder = new TextEncoder();

/**
 * Joins pieces of text that follow each other in the same stream: 5,000 printed lines arrive as 5,000 messages, for
 * which clients take so long that they give up. `flush` hands on what waits.
 */
export function joinStreams(onOutput: (output: CellOutput) => void) {
  let waiting: { output: CellOutput; name: unknown; text: string } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (!waiting) return;
    const { output, name, text } = waiting;
    waiting = undefined;
    onOutput({ ...output, content: encoder.encode(JSON.stringify({ name, text })) });
  }

  return {
    flush,
    push(output: CellOutput): void {
      if (output.header.msg_type !== "stream") {
        flush();
        onOutput(output);
        return;
      }
      const { name, text } = readContent(output) as { name: string; text: string };
      if (waiting && waiting.name !== name) flush();
      if (waiting) waiting.text += text;
      else waiting = { output, name, text };
      if (waiting.text.length >= LENGTH_AT_MOST) flush();
      else timer ??= setTimeout(flush, WAIT_MS);
    },
  };
}
