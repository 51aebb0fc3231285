import { expect } from "expect";
import { randomStream } from "../random/mod.ts";
import { peerCheck } from "../testing/mod.ts";
import { freeConnectionInfo } from "./connection_info.ts";
import { kernelSpec } from "./install_kernel.ts";
import { newMessage, readContent } from "./jupyter_message.ts";
import { connectChannels } from "./kernel_channels.ts";

// Strangers at the ports of a kernel that runs.

/** More by `KERNEL_CONNECTIONS=10000`. */
const CONNECTIONS = Number(Deno.env.get("KERNEL_CONNECTIONS") ?? 600);

const ascii = (text: string) => new TextEncoder().encode(text);
const GREETING = new Uint8Array(64);
GREETING.set([0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0x7f, 3, 0]);
GREETING.set(ascii("NULL"), 12);
const READY = Uint8Array.of(4, 6, 5, ...ascii("READY"));
const size = (flags: number) => Uint8Array.of(flags, 16, 0, 0, 0, 0, 0, 0, 0);

/** What each stranger sends before it goes. Who goes without having read the greeting resets the connection. */
const STRANGERS: Record<string, Uint8Array[]> = {
  "reset": [],
  "half a greeting": [GREETING.subarray(0, 30)],
  "another mechanism": [GREETING.with(12, 0x50)],
  "an old version": [GREETING.with(10, 1)],
  "a command of 2^60 bytes": [GREETING, size(6)],
  "a frame of 2^60 bytes": [GREETING, READY, size(2)],
  "a message without end": [GREETING, READY, Uint8Array.of(1, 3, 1, 2, 3)],
  "a message without signature": [GREETING, READY, Uint8Array.of(1, 1, 1, 0, 1, 2)],
  "HTTP": [ascii("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")],
  "nothing but zeros": [new Uint8Array(1000)],
};

async function connectAsStranger(
  port: number,
  parts: Uint8Array[],
  { reads, waitMs }: { reads: boolean; waitMs: number },
) {
  try {
    const socket = await Deno.connect({ hostname: "127.0.0.1", port });
    for (const part of parts) await socket.write(part);
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    if (reads) await socket.read(new Uint8Array(100));
    socket.close();
  } catch {
    // the kernel has closed it first
  }
}

async function descriptors(pid: number): Promise<number> {
  const { stdout } = await new Deno.Command("ls", { args: [`/proc/${pid}/fd`] }).output();
  return new TextDecoder().decode(stdout).trim().split("\n").length;
}

peerCheck(`${CONNECTIONS} bad connections leave a kernel as it was`, { programs: ["deno", "ls"] }, async () => {
  const info = freeConnectionInfo();
  const file = await Deno.makeTempFile({ suffix: ".json" });
  await Deno.writeTextFile(file, JSON.stringify(info));
  const [program, ...args] = kernelSpec().argv.map((part) => part === "{connection_file}" ? file : part);
  const kernel = new Deno.Command(program, { args, stdout: "null", stderr: "null" }).spawn();
  const front = await connectChannels(info, kernel.status);
  const before = await descriptors(kernel.pid);
  const random = randomStream(1, "strangers");
  const ports = [info.shell_port, info.iopub_port, info.stdin_port, info.control_port, info.hb_port];
  const counts = new Map<string, number>();
  for (let done = 0; done < CONNECTIONS; done += 20) {
    await Promise.all(Array.from({ length: 20 }, () => {
      const kind = random.choice(Object.keys(STRANGERS));
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      const options = { reads: random.integer(2) === 0, waitMs: random.integer(10) };
      return connectAsStranger(random.choice(ports), STRANGERS[kind], options);
    }));
  }
  let after = await descriptors(kernel.pid);
  for (let polls = 0; polls < 100 && after > before + 5; polls++) {
    await new Promise((resolve) => setTimeout(resolve, 200)); // the last ones are being let go
    after = await descriptors(kernel.pid);
  }
  console.log([...counts].map(([kind, count]) => `${kind.padEnd(30)} ${count}`).join("\n"));
  console.log(`open descriptors: ${before} before, ${after} after`);
  expect(after).toBeLessThanOrEqual(before + 5);
  for (const channels of [front, await connectChannels(info, kernel.status)]) { // who was here, and who comes
    await channels.shell.send(
      newMessage({ type: "execute_request", content: { code: "6 * 7" }, session: channels.session }),
    );
    const reply = (await channels.shell.receive())!;
    expect(readContent(reply).status).toBe("ok");
  }
  await front.control.send(newMessage({ type: "shutdown_request", content: {}, session: front.session }));
  expect((await kernel.status).code).toBe(0);
  await Deno.remove(file);
});
