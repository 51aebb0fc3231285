import { expect } from "expect";
import { INTERRUPT, openInterrupter } from "./interrupter.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

/** The runtime's side of the connection. */
async function connect({ port, token, connected }: ReturnType<typeof openInterrupter>) {
  const socket = await Deno.connect({ hostname: "127.0.0.1", port });
  await socket.write(bytes(`${token}\n`));
  await connected;
  return socket;
}

Deno.test("openInterrupter() tells the runtime, and terminates only what does not hear", async () => {
  const interrupter = openInterrupter();
  const socket = await connect(interrupter);
  const terminated = Promise.withResolvers<string>();
  interrupter.interrupt(() => terminated.resolve("terminated"));
  expect(interrupter.asked()).toBe(true);
  const word = new Uint8Array(1);
  await socket.read(word);
  expect(word[0]).toBe(INTERRUPT);
  await socket.write(bytes("heard\n"));
  await socket.read(word); // asked whether it still hears, it says nothing more
  expect(await terminated.promise).toBe("terminated");
  socket.close();
  interrupter.close();
});

Deno.test("openInterrupter() terminates at once what is asked a second time", async () => {
  const interrupter = openInterrupter();
  const socket = await connect(interrupter);
  let terminated = 0;
  interrupter.interrupt(() => terminated++);
  interrupter.interrupt(() => terminated++);
  expect(terminated).toBe(1);
  interrupter.reset();
  expect(interrupter.asked()).toBe(false);
  socket.close();
  interrupter.close();
});

Deno.test("openInterrupter() tells a stranger nothing", async () => {
  const interrupter = openInterrupter();
  const socket = await Deno.connect({ hostname: "127.0.0.1", port: interrupter.port });
  await socket.write(bytes("guess\n"));
  expect(await socket.read(new Uint8Array(1))).toBeNull();
  socket.close();
  interrupter.close();
});

Deno.test("openInterrupter() can be closed twice", () => {
  const interrupter = openInterrupter();
  interrupter.close();
  expect(() => interrupter.close()).not.toThrow();
});
