import { resolve } from "node:path";
import { type ChildKernel, type ChildKernelOptions, type KernelEnd, startChildKernel } from "./child_kernel.ts";
import { cellHelp, within } from "./cell_help.ts";
import { Interrupted } from "./cell_interrupts.ts";
import type { CellRuntimeOptions } from "./cell_runtime.ts";
import { describeEnd, describeFailure, describeThrown, errorContent } from "./describe_errors.ts";
import { endPrograms } from "./end_programs.ts";
import { type CellOutput, type FencedKernel, fenceKernel } from "./fenced_kernel.ts";
import { Interrupter } from "./interrupter.ts";
import type { RanCell } from "./cell_positions.ts";
import { joinStreams } from "./join_streams.ts";
import { type JupyterMessage, type MessageContent, newMessage, readContent } from "./jupyter_message.ts";
import { RUNTIME } from "./runtime_name.ts";

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

export interface KernelSessionOptions extends ChildKernelOptions {
  /** Address of a module whose `showAs(value)` gives a way to show a cell's value, for the kinds that it knows. */
  displays?: string;
  /** Answer questions about types, and warn where a front end that people sit at runs a cell. @default {false} */
  help?: boolean;
}

/** Starts a kernel whose cells end with all their output, in order, and can be stopped. */
export async function startKernelSession(options: KernelSessionOptions = {}): Promise<KernelSession> {
  const child = await startChildKernel(options);
  const interrupter = new Interrupter({
    terminate: () => Promise.race([askControl(child, "interrupt_request"), child.ended]),
    endPrograms: (which) => endPrograms(child.pid, which),
  });
  child.ended.then(() => interrupter.close());
  let begun = 0;
  const fenced = fenceKernel(child, {
    markCode: (mark) => `await ${RUNTIME}.fence(${JSON.stringify(mark)}, ${begun + 1})`,
  });
  await startRuntime(fenced, interrupter, options.displays);
  const parser = import("./interruptible_code.ts"); // takes 0.2 s: load it while the first cell is awaited
  const ran: RanCell[] = [];
  const help = options.help ? cellHelp(resolve(options.cwd ?? "."), fenced) : undefined;
  const message = (type: string, content: MessageContent) => newMessage({ type, content, session: child.session });
  let running = false;
  let loops = 0;

  /** The cell as it is run: what it starts is its own, and its awaits and loops can be stopped. */
  async function prepare(code: string): Promise<string> {
    const { interruptibleCode, bracketed } = await parser;
    const prepared = interruptibleCode(code, { firstLoop: loops });
    loops += prepared.loops;
    return `${RUNTIME}.begin();${bracketed(prepared.code)}`;
  }

  const session: KernelSession = {
    info: child.info,
    async request(type, content) {
      const answer = await help?.answer(type, content);
      if (answer === undefined) return fenced.request(type, content);
      return message(type.replace("_request", "_reply"), answer);
    },
    tell: fenced.tell,
    ended: child.ended,
    receiveInputRequest: () => child.stdin.receive(),
    sendInputReply: (content) => child.stdin.send(message("input_reply", content)),
    async execute(content, onOutput) {
      const code = String(content.code);
      const joined = joinStreams(onOutput);
      const cell = ++begun;
      // One that comes late stands beneath its cell all the same, unless another has begun.
      const warned = content.allow_stdin === true && content.silent !== true
        ? help?.warning(code).then((warning) => warning && cell === begun && joined.push(warning))
        : undefined;
      let failed: CellOutput | undefined;
      interrupter.begin(cell);
      running = true;
      try {
        const sent = await prepare(code);
        const reply = await fenced.execute({ ...content, code: sent }, (output) => {
          if (output.header.msg_type === "error") failed ??= output; // it comes last
          else joined.push(output);
        }, { onReply: () => interrupter.end() });
        if (interrupter.terminated()) await requestHidden(fenced, `await ${RUNTIME}.recover()`);
        ran.push({ code, sent, count: reply.execution_count as number | undefined });
        if (content.silent !== true) help?.ran(code);
        if (warned) await within(warned, WARNING_MS);
        if (reply.status !== "error" && !interrupter.programsEnded()) return reply;
        const error = failed
          ? await describeThrown(readContent(failed), { fenced, ran })
          : interrupter.asked()
          ? errorContent(new Interrupted())
          : await describeFailure(reply, { fenced, code, parser: await parser });
        joined.push(message("error", error));
        return { ...reply, status: "error", ...error };
      } catch (cause) {
        throw new Error(describeEnd(await child.ended), { cause });
      } finally {
        running = false;
        interrupter.end();
        joined.flush();
      }
    },
    interrupt() {
      if (running) interrupter.stop();
    },
    async close() {
      // Asked first, so that the kernel can run its unload events; a running cell would keep it from hearing.
      if (!running) child.control.send(message("shutdown_request", { restart: false }));
      const timer = setTimeout(child.kill, running ? 0 : ENDS_WITHIN_MS);
      await child.ended;
      clearTimeout(timer);
      interrupter.close();
      help?.close();
    },
  };
  return session;
}

const ENDS_WITHIN_MS = 500;
/** How long a cell that has ended waits for the word on its types. */
const WARNING_MS = 300;

async function startRuntime(
  fenced: FencedKernel,
  { address, connected }: Interrupter,
  displays?: string,
): Promise<void> {
  const module = JSON.stringify(import.meta.resolve("./cell_runtime.ts"));
  const options: CellRuntimeOptions = { ...address, name: RUNTIME, displays };
  const code = `await (await import(${module})).startCellRuntime(${JSON.stringify(options)});`;
  const reply = await requestHidden(fenced, code);
  if (reply.status !== "ok") throw new Error(`Expected the kernel to load its runtime but found: ${reply.evalue}`);
  await connected;
}

async function requestHidden({ request }: FencedKernel, code: string): Promise<MessageContent> {
  return readContent(await request("execute_request", { code, silent: true, store_history: false }));
}

/** Sends a request to the kernel's control channel; resolves with the reply. */
async function askControl({ control, session }: ChildKernel, type: string) {
  await control.send(newMessage({ type, content: {}, session }));
  return await control.receive();
}
