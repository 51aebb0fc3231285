import type { KernelChannels } from "./kernel_channels.ts";
import { type JupyterMessage, type MessageContent, newMessage, readContent } from "./jupyter_message.ts";

/** Something that a cell shows: a message of the iopub channel other than states. */
export type CellOutput = Pick<JupyterMessage, "header" | "metadata" | "content" | "buffers">;

/** A kernel whose outputs arrive whole, in order, and before the end of their cell. */
export interface FencedKernel {
  /**
   * Runs a cell and resolves with the content of its `execute_reply` after its last output. One cell at a time.
   *
   * @param onOutput Gets the cell's outputs, and those of its timers until the next cell begins.
   * @param options `onReply`: called when the cell has ended, while its last outputs are on their way.
   */
  execute(
    content: MessageContent,
    onOutput: (output: CellOutput) => void,
    options?: { onReply?: () => void },
  ): Promise<MessageContent>;
  /** Sends any other request; resolves with its reply. */
  request(type: string, content: MessageContent | Uint8Array): Promise<JupyterMessage>;
  /** Sends a message that has no reply, e.g. of a widget. */
  tell(message: Pick<JupyterMessage, "header" | "metadata" | "content" | "buffers">): Promise<void>;
}

/** A message with the mark is short; outputs that are longer need not be searched for it. */
const MARK_LENGTH_AT_MOST = 1000;
/** Every request produces these; whoever stands in front of the kernel sends its own. */
const STATES = new Set(["status", "execute_input"]);

/**
 * Puts a fence behind each cell. Deno's kernel answers a cell before its queued outputs are out. The queue is first in,
 * first out, so a second, silent request broadcasts a mark: what arrives before the mark belongs to the cell. Only
 * errors bypass the queue; they are held back until the mark.
 *
 * @param options `markCode`: code that broadcasts a `display_data` whose data hold `mark`, and shows nothing else.
 */
export function fenceKernel(
  channels: KernelChannels,
  { markCode }: { markCode: (mark: string) => string },
): FencedKernel {
  const { shell, iopub, session } = channels;
  const replies = new Map<string, PromiseWithResolvers<JupyterMessage>>();
  const marks = new Map<string, PromiseWithResolvers<void>>();
  let listener: (output: CellOutput) => void = () => {};
  let heldErrors: CellOutput[] | undefined;
  let ended: Error | undefined;

  function fail(cause?: unknown) {
    ended ??= new Error("The kernel has ended.", { cause });
    for (const { reject } of [...replies.values(), ...marks.values()]) reject(ended);
    replies.clear();
    marks.clear();
  }

  async function readReplies() {
    for (let reply; (reply = await shell.receive());) {
      const id = reply.parentHeader.msg_id ?? "";
      const pending = replies.get(id);
      replies.delete(id);
      if (pending) pending.resolve(reply);
      else if (reply.header.msg_type.startsWith("comm_")) listener(reply); // nobody asked: meant for all
    }
  }

  async function readOutputs() {
    for (let output; (output = await iopub.receive());) {
      const type = output.header.msg_type;
      if (STATES.has(type)) continue;
      if (type === "display_data" && passMark(output)) continue;
      if (type === "error" && heldErrors) heldErrors.push(output);
      else listener(output);
    }
  }

  function passMark(output: JupyterMessage): boolean {
    if (marks.size === 0 || output.content.length > MARK_LENGTH_AT_MOST) return false;
    const text = new TextDecoder().decode(output.content);
    for (const [mark, { resolve }] of marks) {
      if (!text.includes(mark)) continue;
      marks.delete(mark);
      resolve();
      return true;
    }
    return false;
  }

  Promise.all([readReplies(), readOutputs()]).then(() => fail(), fail);

  function request(type: string, content: MessageContent | Uint8Array): Promise<JupyterMessage> {
    if (ended) return Promise.reject(ended);
    const message = newMessage({ type, content, session });
    const pending = Promise.withResolvers<JupyterMessage>();
    replies.set(message.header.msg_id, pending);
    shell.send(message);
    return pending.promise;
  }

  /** Resolves when everything that was in the kernel's queue has arrived. */
  async function fence(): Promise<void> {
    const mark = `fence-${crypto.randomUUID()}`;
    const pending = Promise.withResolvers<void>();
    marks.set(mark, pending);
    const asked = (async () => {
      // An interrupt that comes a moment too late stops the fence instead of the cell: then ask again.
      while (marks.has(mark)) {
        const code = markCode(mark);
        const content = { code, silent: true, store_history: false, stop_on_error: false };
        const reply = readContent(await request("execute_request", content));
        if (reply.status === "ok") return pending.promise;
      }
    })();
    // The mark is enough: the reply may be held back by the network stack until something else is sent.
    await Promise.race([pending.promise, asked]);
    asked.catch(() => {});
  }

  return {
    async execute(content, onOutput, { onReply } = {}) {
      const errors: CellOutput[] = heldErrors = [];
      listener = onOutput;
      // The kernel takes both requests one after the other: no waiting for the first reply.
      const replied = request("execute_request", { ...content, stop_on_error: false });
      replied.then(onReply, () => {});
      const [reply] = await Promise.all([replied, fence()]);
      heldErrors = undefined;
      errors.forEach(onOutput);
      return readContent(reply);
    },
    request,
    tell: (message) => shell.send({ addresses: [], parentHeader: {}, ...message }),
  };
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
