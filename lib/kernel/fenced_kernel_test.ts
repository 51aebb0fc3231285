import { expect } from "expect";
import fc from "fast-check";
import { type FakeCell, fakeKernel } from "./fake_kernel_fixture.ts";
import { type CellOutput, FencedKernel } from "./fenced_kernel.ts";
import { readContent } from "./jupyter_message.ts";

const markCode = (mark: string) => `mark ${mark}`;
const print = (text: string): [string, Record<string, unknown>] => ["stream", { name: "stdout", text }];
const told = (output: CellOutput) => {
  const { text, evalue } = readContent(output);
  return text ?? evalue;
};

async function run(cells: Record<string, FakeCell>, lag: number): Promise<Record<string, unknown[]>> {
  const kernel = fakeKernel(cells, { lag });
  const fenced = new FencedKernel(kernel.channels, { markCode });
  const shown: Record<string, unknown[]> = {};
  for (const code of Object.keys(cells)) {
    shown[code] = [];
    const reply = await fenced.execute({ code }, (output) => shown[code].push(told(output)));
    shown[code].push(reply.status);
  }
  kernel.end();
  return shown;
}

Deno.test("FencedKernel gives each cell its outputs before its end, whatever order the kernel has", async () => {
  const texts = fc.array(fc.string(), { maxLength: 6 });
  const cells = fc.array(fc.record({ texts, fails: fc.boolean() }), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(cells, fc.integer({ min: 0, max: 3 }), async (notebook, lag) => {
      const fake = Object.fromEntries(
        notebook.map((
          { texts, fails },
          i,
        ) => [`cell${i}`, { outputs: texts.map(print), error: fails ? `bad ${i}` : undefined }]),
      );
      const expected = notebook.map(({ texts, fails }, i) => [
        `cell${i}`,
        [...texts, ...(fails ? [`bad ${i}`, "error"] : ["ok"])],
      ]);
      expect(await run(fake, lag)).toEqual(Object.fromEntries(expected));
    }),
    { numRuns: 15 },
  );
});

Deno.test("FencedKernel asks again where the fence itself was stopped", async () => {
  const kernel = fakeKernel({ a: { outputs: [print("late")] } }, { lag: 2 });
  let stopped = false;
  const code = (mark: string) => {
    if (stopped) return markCode(mark);
    stopped = true;
    return "stopped";
  };
  const fenced = new FencedKernel(fakeStopped(kernel), { markCode: code });
  const shown: unknown[] = [];
  await fenced.execute({ code: "a" }, (output) => shown.push(told(output)));
  expect(shown).toEqual(["late"]);
  expect(kernel.fences()).toBe(1);
  kernel.end();
});

/** Answers the second request, which is the first fence, as one that was terminated. */
function fakeStopped({ channels }: ReturnType<typeof fakeKernel>) {
  let replies = 0;
  const receive = async () => {
    const reply = await channels.shell.receive();
    if (!reply || ++replies !== 2) return reply;
    return { ...reply, content: new TextEncoder().encode('{"status":"error"}') };
  };
  return { ...channels, shell: { ...channels.shell, receive } };
}

Deno.test("FencedKernel gives what comes between two cells to the first of them", async () => {
  const kernel = fakeKernel({ a: {}, b: {} }, { lag: 0 });
  const fenced = new FencedKernel(kernel.channels, { markCode });
  const shown: unknown[] = [];
  const ticked = Promise.withResolvers<void>();
  await fenced.execute({ code: "a" }, (output) => {
    shown.push(told(output));
    ticked.resolve();
  });
  kernel.print("tick");
  await ticked.promise;
  await fenced.execute({ code: "b" }, () => shown.push("b"));
  expect(shown).toEqual(["tick"]);
  kernel.end();
});

Deno.test("FencedKernel rejects the running cell when the kernel ends", async () => {
  const kernel = fakeKernel({}, { lag: 1e9 });
  const fenced = new FencedKernel(kernel.channels, { markCode });
  const running = fenced.execute({ code: "a" }, () => {});
  kernel.end();
  await expect(running).rejects.toThrow("The kernel has ended.");
  await expect(fenced.request("complete_request", {})).rejects.toThrow("The kernel has ended.");
});
