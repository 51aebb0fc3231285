import { type ChildKernelOptions, type KernelEnd, startChildKernel } from "./child_kernel.ts";
import { Interrupted, RUNTIME } from "./cell_runtime.ts";
import { type CellOutput, type FencedKernel, fenceKernel } from "./fenced_kernel.ts";
import { type Interrupter, openInterrupter } from "./interrupter.ts";
import { joinStreams } from "./join_streams.ts";
import { type JupyterMessage, type MessageContent, newMessage, readContent } from "./jupyter_message.ts";

/** A running Deno kernel that keeps the promises of the Jupyter protocol. */
export interface KernelSession {
  /** The content of the kernel's `kernel_info_reply`. */
  info: MessageContent;
  /**
   * Runs a cell and resolves with its `execute_reply` after its last output. One cell at a time.
   *
   * @param content Of an `execute_request`: `{ code, silent, store_history, allow_stdin }`.
   * @param onOutput Gets the cell's outputs, and those of its timers until the next cell begins.
   * @throws {Error} saying how the kernel ended, if it did.
   */
  execute(content: MessageContent, onOutput: (output: CellOutput) => void): Promise<MessageContent>;
  /** Sends any other request; resolves with its reply. */
  request(type: string, content: MessageContent | Uint8Array): Promise<JupyterMessage>;
  /** Sends a message that has no reply. */
  tell(message: CellOutput): Promise<void>;
  /** The next question of a cell that waits for input. */
  receiveInputRequest(): Promise<JupyterMessage | undefined>;
  sendInputReply(content: MessageContent): Promise<void>;
  /** Stops the running cell; the kernel keeps its state. */
  interrupt(): void;
  /** Resolves when the kernel has ended. */
  ended: Promise<KernelEnd>;
  /** Ends the kernel and all that belongs to it. */
  close(): Promise<void>;
}

/** Starts a kernel whose cells end with all their output, in order, and can be stopped. */
export async function startKernelSession(options: ChildKernelOptions = {}): Promise<KernelSession> {
  const interrupter = openInterrupter();
  const child = await startChildKernel(options).catch((error) => {
    interrupter.close();
    throw error;
  });
  const fenced = fenceKernel(child, { markCode: (mark) => `await ${RUNTIME}.fence(${JSON.stringify(mark)})` });
  await startRuntime(fenced, interrupter);
  const parser = import("./interruptible_code.ts"); // takes 0.2 s: load it while the first cell is awaited
  let running = false;

  const session: KernelSession = {
    info: child.info,
    request: fenced.request,
    tell: fenced.tell,
    ended: child.ended,
    receiveInputRequest: () => child.stdin.receive(),
    sendInputReply: (content) => child.stdin.send(newMessage({ type: "input_reply", content, session: child.session })),
    async execute(content, onOutput) {
      const code = String(content.code);
      const prepared = /\bawait\b/.test(code) ? (await parser).interruptibleCode(code).code : code;
      const joined = joinStreams(onOutput);
      let errorShown = false;
      interrupter.reset();
      running = true;
      try {
        const reply = await fenced.execute({ ...content, code: prepared }, (output) => {
          const isError = output.header.msg_type === "error";
          errorShown ||= isError;
          joined.push(isError ? withTraceback(output) : output);
        });
        if (reply.status !== "error" || errorShown) return reply;
        const error = interrupter.asked()
          ? errorContent(new Interrupted())
          : await describeFailure(reply, async () => (await parser).interruptibleCode(code).syntaxError);
        joined.push(newMessage({ type: "error", content: error, session: child.session }));
        return { ...reply, ...error };
      } catch (cause) {
        throw new Error(describeEnd(await child.ended), { cause });
      } finally {
        running = false;
        interrupter.reset();
        joined.flush();
      }
    },
    interrupt() {
      if (!running) return;
      interrupter.interrupt(() => {
        child.control.send(newMessage({ type: "interrupt_request", content: {}, session: child.session }));
      });
    },
    async close() {
      // Asked first, so that the kernel can run its unload events; a running cell would keep it from hearing.
      if (!running) {
        child.control.send(
          newMessage({ type: "shutdown_request", content: { restart: false }, session: child.session }),
        );
      }
      const timer = setTimeout(child.kill, running ? 0 : ENDS_WITHIN_MS);
      await child.ended;
      clearTimeout(timer);
      interrupter.close();
    },
  };
  return session;
}

const ENDS_WITHIN_MS = 500;

async function startRuntime({ request }: FencedKernel, { port, token, connected }: Interrupter): Promise<void> {
  const module = JSON.stringify(import.meta.resolve("./cell_runtime.ts"));
  const code = `await (await import(${module})).startCellRuntime(${JSON.stringify({ port, token })});`;
  const reply = readContent(await request("execute_request", { code, silent: true, store_history: false }));
  if (reply.status !== "ok") throw new Error(`Expected the kernel to load its runtime but found: ${reply.evalue}`);
  await connected;
}

/** Of a cell that could not even begin the kernel says no more than "Execution failed". */
async function describeFailure({ ename, evalue }: MessageContent, syntaxError: () => Promise<string | undefined>) {
  const wrong = await syntaxError();
  return wrong
    ? errorContent({ name: "SyntaxError", message: wrong })
    : errorContent({ name: String(ename), message: String(evalue) });
}

function errorContent({ name, message }: Pick<Error, "name" | "message">): MessageContent {
  return { ename: name, evalue: message, traceback: [`${name}: ${message}`] };
}

/** Of a thrown value that is no Error the kernel shows an empty traceback, and clients show nothing else. */
function withTraceback(output: CellOutput): CellOutput {
  const { ename, evalue, traceback } = readContent(output);
  if (Array.isArray(traceback) && traceback.join("").trim() !== "") return output;
  const content = { ename, evalue, traceback: [`Uncaught ${evalue}`] };
  return { ...output, content: new TextEncoder().encode(JSON.stringify(content)) };
}

function describeEnd({ code, signal, lastWords }: KernelEnd): string {
  if (/out of memory|heap limit/i.test(lastWords)) {
    return "The kernel filled its memory and ended: load less at once, or raise the limit with DENO_V8_FLAGS=--max-old-space-size=8192 (MB).";
  }
  if (signal === "SIGKILL") return "The kernel was killed, perhaps because the machine ran out of memory.";
  if (signal) return `The kernel was ended by ${signal}. ${lastWords}`;
  return `The kernel ended with exit status ${code}, as by Deno.exit(${code}). ${lastWords}`.trim();
}
