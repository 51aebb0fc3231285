import type { KernelChannels } from "./kernel_channels.ts";
import { type JupyterMessage, type MessageContent, newMessage, readContent } from "./jupyter_message.ts";

/** Name of the global variable in the kernel that holds the runtime: one that no cell can know, and so declare. */
export const RUNTIME = `__cell_${crypto.randomUUID().slice(0, 8)}`;

/** Something that a cell shows: a message of the iopub channel other than states. */
export type CellOutput = Pick<JupyterMessage, "header" | "metadata" | "content" | "buffers">;

/** A message with the mark is short; outputs that are longer need not be searched for it. */
const MARK_LENGTH_AT_MOST = 1000;
/** Every request produces these; whoever stands in front of the kernel sends its own. */
const STATES = new Set(["status", "execute_input"]);

/**
 * A kernel whose outputs arrive whole, in order, and before the end of their cell: a fence stands behind each cell. Deno's
 * kernel answers a cell before its queued outputs are out. The queue is first in, first out, so a second, silent request
 * broadcasts a mark: what arrives before the mark belongs to the cell. Only errors bypass the queue; they are held back until
 * the mark.
 */
export class FencedKernel {
  #channels: KernelChannels;
  #markCode: (mark: string) => string;
  #replies = new Map<string, PromiseWithResolvers<JupyterMessage>>();
  #marks = new Map<string, PromiseWithResolvers<void>>();
  #listener: (output: CellOutput) => void = () => {};
  #heldErrors: CellOutput[] | undefined;
  #ended: Error | undefined;

  /** @param options `markCode`: code that broadcasts a `display_data` whose data hold `mark`, and shows nothing else. */
  constructor(channels: KernelChannels, { markCode }: { markCode: (mark: string) => string }) {
    this.#channels = channels;
    this.#markCode = markCode;
    Promise.all([this.#readReplies(), this.#readOutputs()]).then(() => this.#fail(), (cause) => this.#fail(cause));
  }

  /**
   * Runs a cell and resolves with the content of its `execute_reply` after its last output. One cell at a time.
   *
   * @param onOutput Gets the cell's outputs, and those of its timers until the next cell begins.
   * @param options `onReply`: called when the cell has ended, while its last outputs are on their way.
   */
  async execute(
    content: MessageContent,
    onOutput: (output: CellOutput) => void,
    { onReply }: { onReply?: () => void } = {},
  ): Promise<MessageContent> {
    const errors: CellOutput[] = this.#heldErrors = [];
    this.#listener = onOutput;
    // The kernel takes both requests one after the other: no waiting for the first reply.
    const replied = this.request("execute_request", { ...content, stop_on_error: false });
    replied.then(onReply, () => {});
    const [reply] = await Promise.all([replied, this.#fence()]);
    this.#heldErrors = undefined;
    errors.forEach(onOutput);
    return readContent(reply);
  }

  /** Sends any other request; resolves with its reply. */
  request(type: string, content: MessageContent | Uint8Array): Promise<JupyterMessage> {
    if (this.#ended) return Promise.reject(this.#ended);
    const { shell, session } = this.#channels;
    const message = newMessage({ type, content, session });
    const pending = Promise.withResolvers<JupyterMessage>();
    this.#replies.set(message.header.msg_id, pending);
    shell.send(message);
    return pending.promise;
  }

  /** Sends a message that has no reply, e.g. of a widget. */
  tell(message: CellOutput): Promise<void> {
    return this.#channels.shell.send({ addresses: [], parentHeader: {}, ...message });
  }

  /** Resolves when everything that was in the kernel's queue has arrived. */
  async #fence(): Promise<void> {
    const mark = `fence-${crypto.randomUUID()}`, pending = Promise.withResolvers<void>();
    this.#marks.set(mark, pending);
    const asked = (async () => {
      // An interrupt that comes a moment too late stops the fence instead of the cell: then ask again.
      while (this.#marks.has(mark)) {
        const content = { code: this.#markCode(mark), silent: true, store_history: false, stop_on_error: false };
        const reply = readContent(await this.request("execute_request", content));
        if (reply.status === "ok") return pending.promise;
      }
    })();
    // The mark is enough: the reply may be held back by the network stack until something else is sent.
    await Promise.race([pending.promise, asked]);
    asked.catch(() => {});
  }

  async #readReplies() {
    for (let reply; (reply = await this.#channels.shell.receive());) {
      const id = reply.parentHeader.msg_id ?? "", pending = this.#replies.get(id);
      this.#replies.delete(id);
      if (pending) pending.resolve(reply);
      else if (reply.header.msg_type.startsWith("comm_")) this.#listener(reply); // nobody asked: meant for all
    }
  }

  async #readOutputs() {
    for (let output; (output = await this.#channels.iopub.receive());) {
      const type = output.header.msg_type;
      if (STATES.has(type)) continue;
      if (type === "display_data" && this.#passMark(output)) continue;
      if (type === "error" && this.#heldErrors) this.#heldErrors.push(output);
      else this.#listener(output);
    }
  }

  /** Whether an output is a mark, which nobody sees. */
  #passMark(output: JupyterMessage): boolean {
    if (this.#marks.size === 0 || output.content.length > MARK_LENGTH_AT_MOST) return false;
    const text = new TextDecoder().decode(output.content);
    const mark = this.#marks.keys().find((one) => text.includes(one));
    if (mark === undefined) return false;
    this.#marks.get(mark)!.resolve();
    return this.#marks.delete(mark);
  }

  #fail(cause?: unknown) {
    this.#ended ??= new Error("The kernel has ended.", { cause });
    for (const { reject } of [...this.#replies.values(), ...this.#marks.values()]) reject(this.#ended);
    this.#replies.clear();
    this.#marks.clear();
  }
}

/** Runs code that no front end hears of, once no cell runs; resolves with its reply and the first text that it showed. */
export async function executeHidden(fenced: FencedKernel, code: string): Promise<MessageContent & { text: string }> {
  let text = "";
  const content = { code, silent: true, store_history: false, allow_stdin: false };
  const reply = await fenced.execute(content, (output) => {
    const { data } = readContent(output) as { data?: Record<string, string> };
    text ||= data?.["text/plain"] ?? "";
  });
  return { ...reply, text };
}

const WAIT_MS = 30; // long enough for a loop's next line, too short to be noticed
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
