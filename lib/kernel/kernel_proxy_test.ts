import { expect } from "expect";
import { signedChannel } from "./kernel_channels.ts";
import { freeConnectionInfo } from "./connection_info.ts";
import { type JupyterMessage, type MessageContent, newMessage, readContent } from "./jupyter_message.ts";
import { serveKernel } from "./kernel_proxy.ts";
import type { KernelSession } from "./kernel_session.ts";
import { openZmtp } from "./zmtp_connection.ts";

/** A session whose cells print their code; one called "fail" fails, one called "wait" ends when it is stopped. */
function fakeSession(): KernelSession {
  let stop = () => {};
  const ended = Promise.withResolvers<never>();
  return {
    info: { implementation: "fake" },
    async execute({ code }, onOutput) {
      onOutput(newMessage({ type: "stream", content: { name: "stdout", text: `${code}` }, session: "" }));
      onOutput(newMessage({ type: "execute_result", content: { data: {}, execution_count: 99 }, session: "" }));
      if (code === "wait") await new Promise<void>((resolve) => stop = resolve);
      return code === "fail" ? { status: "error", ename: "E" } : { status: "ok", execution_count: 99 };
    },
    request: (type, content) =>
      Promise.resolve(newMessage({ type: type.replace("request", "reply"), content, session: "" })),
    tell: () => Promise.resolve(),
    receiveInputRequest: () => new Promise(() => {}),
    sendInputReply: () => Promise.resolve(),
    interrupt: () => stop(),
    ended: ended.promise,
    close: () => Promise.resolve(),
  };
}

/** A front end at a kernel's ports. */
async function withFrontEnd(
  start: () => Promise<KernelSession>,
  check: (front: Awaited<ReturnType<typeof openFrontEnd>>) => Promise<void>,
): Promise<void> {
  const info = freeConnectionInfo();
  const proxy = serveKernel(info, start);
  const front = await openFrontEnd(info);
  await check(front);
  front.close();
  await proxy.close();
}

async function openFrontEnd(info: ReturnType<typeof freeConnectionInfo>) {
  const open = async (port: number, socketType: "DEALER" | "SUB") =>
    openZmtp(await Deno.connect({ hostname: info.ip, port }), { socketType, identity: "front" });
  const [shell, control, iopub] = await Promise.all([
    open(info.shell_port, "DEALER"),
    open(info.control_port, "DEALER"),
    open(info.iopub_port, "SUB"),
  ]);
  await iopub.send([Uint8Array.of(1)]);
  const channels = {
    shell: signedChannel(shell, info.key),
    control: signedChannel(control, info.key),
    iopub: signedChannel(iopub, info.key),
  };
  const welcome = (await channels.iopub.receive())!; // the subscription holds
  expect([welcome.header.msg_type, readContent(welcome)]).toEqual(["iopub_welcome", { subscription: "" }]);
  return {
    async ask(channel: "shell" | "control", type: string, content: MessageContent = {}) {
      const message = newMessage({ type, content, session: "front" });
      await channels[channel].send(message);
      return message.header.msg_id;
    },
    /** Sends a message as it was, and another one that shows that it has arrived. */
    async replay(message: JupyterMessage) {
      await channels.shell.send(message);
      await this.ask("shell", "kernel_info_request");
    },
    async reply(channel: "shell" | "control") {
      const message = (await channels[channel].receive())!;
      return { to: message.parentHeader.msg_id, type: message.header.msg_type, ...readContent(message) } as {
        to: string;
        type: string;
      } & MessageContent;
    },
    /** What the request showed, up to its "idle". */
    async shown(request: string) {
      const seen: unknown[] = [];
      while (seen.at(-1) !== "idle") {
        const message = (await channels.iopub.receive())!;
        const { execution_state, text, execution_count } = readContent(message);
        if (message.parentHeader.msg_id === request) seen.push(execution_state ?? text ?? execution_count);
      }
      return seen;
    },
    close: () => [shell, control, iopub].forEach((connection) => connection.close()),
  };
}

const cell = (code: string, more: MessageContent = {}) => ({ code, silent: false, store_history: true, ...more });

Deno.test("serveKernel() shows busy, input, outputs and idle of each cell, and counts without a gap", () =>
  withFrontEnd(() => Promise.resolve(fakeSession()), async (front) => {
    const first = await front.ask("shell", "execute_request", cell("a"));
    expect(await front.shown(first)).toEqual(["busy", 1, "a", 1, "idle"]);
    const silent = await front.ask("shell", "execute_request", cell("b", { silent: true }));
    expect(await front.shown(silent)).toEqual(["busy", "b", 1, "idle"]);
    const second = await front.ask("shell", "execute_request", cell("c"));
    expect(await front.shown(second)).toEqual(["busy", 2, "c", 2, "idle"]);
    for (const [to, execution_count] of [[first, 1], [silent, 1], [second, 2]]) {
      expect(await front.reply("shell")).toMatchObject({ to, type: "execute_reply", status: "ok", execution_count });
    }
  }));

Deno.test("serveKernel() does not run what waited behind a cell that failed, and runs what comes after", () =>
  withFrontEnd(() => Promise.resolve(fakeSession()), async (front) => {
    await front.ask("shell", "execute_request", cell("wait"));
    for (const code of ["fail", "b", "c"]) await front.ask("shell", "execute_request", cell(code));
    await front.ask("control", "kernel_info_request");
    await front.reply("control"); // all that was sent before it has arrived
    await front.ask("control", "interrupt_request");
    expect(await front.reply("control")).toMatchObject({ type: "interrupt_reply", status: "ok" });
    const replies = [await front.reply("shell"), await front.reply("shell")];
    expect(replies.map(({ status }) => status)).toEqual(["ok", "error"]);
    await front.ask("shell", "execute_request", cell("d"));
    const later = [await front.reply("shell"), await front.reply("shell"), await front.reply("shell")];
    expect(later.map(({ status }) => status)).toEqual(["aborted", "aborted", "ok"]);
  }));

Deno.test("serveKernel() runs cells for one front end while another has stopped reading", async () => {
  const info = freeConnectionInfo();
  const proxy = serveKernel(info, () => Promise.resolve(fakeSession()));
  const stopped = await openFrontEnd(info);
  const front = await openFrontEnd(info);
  const long = "a".repeat(12_000_000); // more than the system keeps for a connection
  for (let count = 1; count < 3; count++) {
    const request = await front.ask("shell", "execute_request", cell(long));
    expect((await front.shown(request)).map((shown) => String(shown).length)).toEqual([4, 1, long.length, 1, 4]);
  }
  await proxy.close();
  front.close();
  stopped.close();
});

Deno.test("serveKernel() passes other requests on, and answers for the kernel", () =>
  withFrontEnd(() => Promise.resolve(fakeSession()), async (front) => {
    const complete = await front.ask("shell", "complete_request", { code: "a" });
    expect(await front.reply("shell")).toEqual({ to: complete, type: "complete_reply", code: "a" });
    await front.ask("control", "kernel_info_request");
    expect(await front.reply("control")).toMatchObject({ type: "kernel_info_reply", implementation: "fake" });
    await front.ask("control", "shutdown_request", { restart: true });
    expect(await front.reply("control")).toMatchObject({ type: "shutdown_reply", restart: true });
  }));

Deno.test("serveKernel() answers each cell with the reason why the kernel could not start", () => {
  const start = () => Promise.reject(new Error("This kernel needs Deno 2.9.0 or newer."));
  return withFrontEnd(start, async (front) => {
    await front.ask("shell", "kernel_info_request");
    expect(await front.reply("shell")).toMatchObject({ type: "kernel_info_reply", status: "ok" });
    await front.ask("shell", "execute_request", cell("1"));
    expect(await front.reply("shell")).toMatchObject({
      status: "error",
      evalue: "This kernel needs Deno 2.9.0 or newer.",
    });
  });
});

Deno.test("serveKernel() runs a message once, however often it is sent", () =>
  withFrontEnd(() => Promise.resolve(fakeSession()), async (front) => {
    const message = newMessage({ type: "execute_request", content: cell("a"), session: "front" });
    await front.replay(message);
    await front.replay(message);
    const replies = [await front.reply("shell"), await front.reply("shell"), await front.reply("shell")];
    expect(replies.map(({ type }) => type)).toEqual(["execute_reply", "kernel_info_reply", "kernel_info_reply"]);
  }));

Deno.test("serveKernel() starts no session where a port is taken", () => {
  const info = freeConnectionInfo();
  const other = Deno.listen({ hostname: info.ip, port: info.stdin_port });
  let started = false;
  const start = () => {
    started = true;
    return Promise.resolve(fakeSession());
  };
  expect(() => serveKernel(info, start)).toThrow(`Port ${info.stdin_port} is taken by another program`);
  expect(started).toBe(false);
  other.close();
});
