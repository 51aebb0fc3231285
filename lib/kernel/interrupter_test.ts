import { expect } from "expect";
import { Interrupter } from "./interrupter.ts";
import type { StopRequest } from "./runtime_link.ts";

/** The runtime's side of the connection: answers each request with the words that `answer` gives. */
async function connect({ address, connected }: Interrupter, answer: (request: StopRequest) => string[]) {
  const socket = await Deno.connect({ hostname: "127.0.0.1", port: address.port });
  const say = (words: string[]) => socket.write(new TextEncoder().encode(words.map((word) => `${word}\n`).join("")));
  const requests: StopRequest[] = [];
  await say([address.token]);
  await connected;
  const read = (async () => {
    for await (const bytes of socket.readable) {
      const lines = new TextDecoder().decode(bytes).trim().split("\n");
      for (const request of lines.map((line): StopRequest => JSON.parse(line))) {
        requests.push(request);
        await say(answer(request));
      }
    }
  })().catch(() => {});
  return { say, requests, read };
}

/** The file of the runtime that says that code of a cell runs, locked. */
async function busyFile({ address }: Interrupter): Promise<Deno.FsFile> {
  const file = await Deno.open(address.busy, { write: true });
  await file.lock(true);
  return file;
}

/** An interrupter, and what it did. */
function recorded(programs = 0) {
  const done: string[] = [];
  const interrupter = new Interrupter({
    terminate() {
      done.push("terminated");
      return Promise.resolve();
    },
    endPrograms({ kill }) {
      if (programs > 0) done.push(kill ? "killed" : "asked");
      return Promise.resolve(programs);
    },
  });
  return { interrupter, done };
}

Deno.test("Interrupter names the cell, and leaves alone what hears and ends", async () => {
  const { interrupter, done } = recorded();
  const runtime = await connect(interrupter, () => {
    interrupter.end();
    return ["heard"];
  });
  interrupter.begin(7);
  expect(interrupter.latest.asked).toBe(undefined);
  interrupter.stop();
  expect(interrupter.latest.asked).toBeGreaterThan(0);
  while (runtime.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  interrupter.begin(8);
  expect(interrupter.latest.asked).toBe(undefined);
  interrupter.close();
  await runtime.read;
  expect(runtime.requests).toEqual([{ cell: 7, hurried: false, collect: false }]);
  expect(done).toEqual([]);
});

Deno.test("Interrupter terminates what does not hear, then asks for the rest", async () => {
  const { interrupter, done } = recorded();
  const collected = Promise.withResolvers<void>();
  const runtime = await connect(interrupter, ({ collect }) => {
    if (!collect) return done.includes("terminated") ? ["heard"] : [];
    interrupter.end();
    collected.resolve();
    return ["heard", "collected"];
  });
  const busy = await busyFile(interrupter);
  interrupter.begin(1);
  interrupter.stop();
  await collected.promise;
  busy.close();
  expect(interrupter.latest.terminated).toBe(true);
  interrupter.close();
  await runtime.read;
  expect(done).toEqual(["terminated"]);
});

Deno.test("Interrupter waits while nothing of a cell runs, as where the machine is busy", async () => {
  const { interrupter, done } = recorded();
  const runtime = await connect(interrupter, () => {
    const again = runtime.requests.length > 1;
    if (again) interrupter.end();
    return again ? ["heard"] : [];
  });
  interrupter.begin(1);
  interrupter.stop();
  while (runtime.requests.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  interrupter.close();
  await runtime.read;
  expect(done).toEqual([]);
});

Deno.test("Interrupter ends programs that a cell waits for, in the end by force", async () => {
  const { interrupter, done } = recorded(1);
  const runtime = await connect(interrupter, () => []);
  const busy = await busyFile(interrupter);
  interrupter.begin(1);
  interrupter.stop();
  while (!done.includes("killed")) await new Promise((resolve) => setTimeout(resolve, 5));
  busy.close();
  interrupter.end();
  interrupter.close();
  await runtime.read;
  expect(done.slice(0, 2)).toEqual(["asked", "killed"]);
  expect(interrupter.latest.programsEnded).toBe(true);
});

Deno.test("Interrupter waits for code that took the signal, and hurries it when asked twice", async () => {
  const { interrupter, done } = recorded();
  const runtime = await connect(interrupter, ({ hurried }) => {
    if (hurried) interrupter.end();
    return ["heard"];
  });
  interrupter.begin(3);
  await runtime.say(["signal-taken 3"]);
  interrupter.stop();
  while (runtime.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  interrupter.stop();
  while (runtime.requests.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  interrupter.close();
  await runtime.read;
  expect(runtime.requests.map(({ hurried }) => hurried)).toEqual([false, true]);
  expect(done).toEqual([]);
});

Deno.test("Interrupter tells a stranger nothing", async () => {
  const { interrupter } = recorded();
  const socket = await Deno.connect({ hostname: "127.0.0.1", port: interrupter.address.port });
  await socket.write(new TextEncoder().encode("guess\n"));
  expect(await socket.read(new Uint8Array(1))).toBeNull();
  socket.close();
  interrupter.close();
});

Deno.test("Interrupter can be closed twice", () => {
  const { interrupter } = recorded();
  interrupter.close();
  expect(() => interrupter.close()).not.toThrow();
});
