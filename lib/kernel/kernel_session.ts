import { resolve } from "node:path";
import { type ChildKernel, type ChildKernelOptions, startChildKernel } from "./child_kernel.ts";
import { cellHelp, within } from "./cell_help.ts";
import { Interrupted } from "./cell_interrupts.ts";
import type { CellRuntimeOptions } from "./cell_runtime.ts";
import { describeEnd, describeFailure, describeThrown, errorContent } from "./describe_errors.ts";
import { endPrograms } from "./end_programs.ts";
import { type CellOutput, FencedKernel, joinStreams, RUNTIME } from "./fenced_kernel.ts";
import type { KernelDescription } from "./install_kernel.ts";
import { Interrupter } from "./interrupter.ts";
import type { RanCell } from "./cell_positions.ts";
import { type JupyterMessage, type MessageContent, newMessage, readContent } from "./jupyter_message.ts";

/** A running Deno kernel that keeps the promises of the Jupyter protocol. */
export interface KernelSession extends Pick<ChildKernel, "info" | "ended">, Pick<FencedKernel, "request" | "tell"> {
  /**
   * Runs a cell and resolves with its `execute_reply` after its last output. One cell at a time.
   *
   * @param content Of an `execute_request`: `{ code, silent, store_history, allow_stdin }`.
   * @param onOutput Gets the cell's outputs, and those of its timers until the next cell begins.
   * @throws {Error} saying how the kernel ended, if it did.
   */
  execute(content: MessageContent, onOutput: (output: CellOutput) => void): Promise<MessageContent>;
  /** The next question of a cell that waits for input. */
  receiveInputRequest(): Promise<JupyterMessage | undefined>;
  sendInputReply(content: MessageContent): Promise<void>;
  /** Stops the running cell; the kernel keeps its state. */
  interrupt(): void;
  /** Ends the kernel and all that belongs to it. */
  close(): Promise<void>;
}

export interface KernelSessionOptions extends ChildKernelOptions, Pick<KernelDescription, "displays"> {
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
  const fenced = new FencedKernel(child, {
    markCode: (mark) => `await ${RUNTIME}.fence(${JSON.stringify(mark)}, ${interrupter.latest.cell + 1})`,
  });
  await startRuntime(fenced, interrupter, options.displays);
  const help = options.help ? cellHelp(resolve(options.cwd ?? "."), fenced) : undefined;
  const cells = new SessionCells({ child, fenced, interrupter, help });
  const message = messageOf(child);
  return {
    info: child.info,
    async request(type, content) {
      const answer = await help?.answer(type, content);
      if (answer === undefined) return fenced.request(type, content);
      return message(type.replace("_request", "_reply"), answer);
    },
    tell: (output) => fenced.tell(output),
    ended: child.ended,
    receiveInputRequest: () => child.stdin.receive(),
    sendInputReply: (content) => child.stdin.send(message("input_reply", content)),
    execute: (content, onOutput) => cells.execute(content, onOutput),
    interrupt() {
      if (cells.running) interrupter.stop();
    },
    async close() {
      // Asked first, so that the kernel can run its unload events; a running cell would keep it from hearing.
      if (!cells.running) child.control.send(message("shutdown_request", { restart: false }));
      const timer = setTimeout(child.kill, cells.running ? 0 : ENDS_WITHIN_MS);
      await child.ended;
      clearTimeout(timer);
      interrupter.close();
      help?.close();
    },
  };
}

const ENDS_WITHIN_MS = 500;
const WARNING_MS = 300; // how long a cell that has ended waits for the word on its types

/** What cells run with. */
interface CellTools {
  child: ChildKernel;
  fenced: FencedKernel;
  interrupter: Interrupter;
  help?: ReturnType<typeof cellHelp>;
}

/** The cells of a session, of which one runs at a time. */
class SessionCells {
  running = false;
  #tools: CellTools;
  #parser = import("./interruptible_code.ts"); // takes 0.2 s: load it while the first cell is awaited
  #ran: RanCell[] = [];
  #loops = 0;

  constructor(tools: CellTools) {
    this.#tools = tools;
  }

  /** As {@linkcode KernelSession.execute}. */
  async execute(content: MessageContent, onOutput: (output: CellOutput) => void): Promise<MessageContent> {
    const { child, fenced, interrupter, help } = this.#tools;
    const code = String(content.code), cell = interrupter.latest.cell + 1;
    const joined = joinStreams(onOutput);
    // One that comes late stands beneath its cell all the same, unless another has begun.
    const warned = content.allow_stdin === true && content.silent !== true
      ? help?.warning(code).then((warning) => warning && cell === interrupter.latest.cell && joined.push(warning))
      : undefined;
    let failed: CellOutput | undefined;
    interrupter.begin(cell);
    this.running = true;
    try {
      const sent = await this.#prepared(code);
      const reply = await fenced.execute({ ...content, code: sent }, (output) => {
        if (output.header.msg_type === "error") failed ??= output; // it comes last
        else joined.push(output);
      }, { onReply: () => interrupter.end() });
      if (interrupter.latest.terminated) await requestHidden(fenced, `await ${RUNTIME}.recover()`);
      this.#ran.push({ code, sent, count: reply.execution_count as number | undefined });
      if (content.silent !== true) help?.ran(code);
      if (warned) await within(warned, WARNING_MS);
      if (reply.status !== "error" && !interrupter.latest.programsEnded) return reply;
      const error = await this.#described(reply, { code, failed });
      joined.push(messageOf(child)("error", error));
      return { ...reply, status: "error", ...error };
    } catch (cause) {
      throw new Error(describeEnd(await child.ended), { cause });
    } finally {
      this.running = false;
      interrupter.end();
      joined.flush();
    }
  }

  /** A cell as it is run: what it starts is its own, and its awaits and loops can be stopped. */
  async #prepared(code: string): Promise<string> {
    const { interruptibleCode, bracketed } = await this.#parser;
    const prepared = interruptibleCode(code, { firstLoop: this.#loops });
    this.#loops += prepared.loops;
    return `${RUNTIME}.begin();${bracketed(prepared.code)}`;
  }

  /** What is shown under a cell that failed, or was stopped. */
  async #described(reply: MessageContent, { code, failed }: { code: string; failed?: CellOutput }) {
    const { fenced, interrupter } = this.#tools;
    if (failed) return await describeThrown(readContent(failed), { fenced, ran: this.#ran });
    if (interrupter.latest.asked !== undefined) return errorContent(new Interrupted());
    return await describeFailure(reply, { fenced, code, parser: await this.#parser });
  }
}

function messageOf({ session }: ChildKernel) {
  return (type: string, content: MessageContent) => newMessage({ type, content, session });
}

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

async function requestHidden(fenced: FencedKernel, code: string): Promise<MessageContent> {
  return readContent(await fenced.request("execute_request", { code, silent: true, store_history: false }));
}

/** Sends a request to the kernel's control channel; resolves with the reply. */
async function askControl({ control, session }: ChildKernel, type: string) {
  await control.send(newMessage({ type, content: {}, session }));
  return await control.receive();
}
