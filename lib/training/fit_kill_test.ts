import { expect } from "expect";

/** Trains with checkpoints in the folder that it is given, and prints the hash of the final state. */
const PROGRAM = (room: string) => `
  import { openEngine } from "${room}../engines/mod.ts";
  import { hashBytes } from "${room}../files/mod.ts";
  import { buildModel } from "${room}../models/mod.ts";
  import { randomStream } from "${room}../random/mod.ts";
  import { fileCheckpoints, fit, sessionOptions } from "${room}mod.ts";
  const shape = { frames: 8, bands: 8, channels: 1, classes: 2 };
  const source = {
    ...shape, count: 80, labels: Int32Array.from({ length: 80 }, (_, i) => i % 2),
    read(index, into, offset) {
      const stream = randomStream(index, "noise");
      for (let i = 0; i < 64; i++) into[offset + i] = stream.normal() * (1 + index % 2);
    },
  };
  const options = {
    epochs: 8, batchSize: 8, optimizer: { kind: "adamw", learningRate: 0.01 }, augment: ["time-shift", "mixup"],
  };
  const { engine } = await openEngine("wasm", { threads: 1 });
  const model = await buildModel({ kind: "cnn", filters: [4, 4] }, { ...shape, seed: 0 });
  const session = await engine.train(model, sessionOptions(options, { seed: 0 }));
  const indices = Int32Array.from({ length: 80 }, (_, i) => i);
  console.log("ready");
  await fit({
    session, options, seed: 0,
    train: { source, indices: indices.slice(0, 60) },
    validation: { source, indices: indices.slice(60) },
    monitor: (probabilities) => probabilities[0],
    checkpoints: fileCheckpoints(Deno.args[0]),
  });
  const { arrays } = await session.state();
  console.log(hashBytes(...Object.values(arrays).map(({ data }) => new Uint8Array(data.buffer))));
`;

/** @param life Milliseconds of training after which the process is killed. */
async function trained(folder: string, life = Infinity): Promise<string | undefined> {
  const program = `${folder}.ts`;
  await Deno.writeTextFile(program, PROGRAM(import.meta.resolve("./.")));
  const config = `${import.meta.dirname}/../../deno.json`;
  const args = ["run", "--no-check", "--quiet", "--config", config, "-P=test", program, folder];
  const child = new Deno.Command("deno", { args, stdout: "piped", stderr: "inherit" }).spawn();
  let output = "";
  let death: ReturnType<typeof setTimeout> | undefined;
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    output += text;
    if (death === undefined && output.includes("ready") && life < Infinity) {
      death = setTimeout(() => child.kill("SIGKILL"), life);
    }
  }
  clearTimeout(death);
  const { success } = await child.status;
  await Deno.remove(program);
  return success ? output.trim().split("\n").at(-1) : undefined;
}

Deno.test("a training that is killed at any moment and started again ends with the bits of one that ran through", async () => {
  const folder = await Deno.makeTempDir();
  const expected = await trained(`${folder}/through`);
  expect(expected).toMatch(/^[0-9a-f]{64}$/);
  let found: string | undefined;
  // Where the machine is so slow that nothing is done in a life, the next one is longer.
  for (let life = 150; found === undefined; life *= 3) found = await trained(`${folder}/killed`, life);
  expect(found).toBe(expected);
  await Deno.remove(folder, { recursive: true });
});
