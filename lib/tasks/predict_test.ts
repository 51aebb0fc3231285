import { expect } from "expect";
import { encodeWav } from "../audio/mod.ts";
import { parseCsv } from "../files/mod.ts";
import { beats, writeFixtureBundle } from "../predict/fixture_bundle.ts";

/** Runs the task, with names on standard input. */
async function predict(args: string[], names: string[] = []) {
  const command = new Deno.Command("deno", {
    args: ["run", "--no-check", "--quiet", "-P=predict", "lib/tasks/predict.ts", ...args],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  });
  const process = command.spawn();
  const input = process.stdin.getWriter();
  await input.write(new TextEncoder().encode(names.join("\n")));
  await input.close().catch(() => {}); // it may have ended before it read
  const { code, stdout, stderr } = await process.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), err: text(stderr) };
}

Deno.test("predict takes files, folders and names on standard input, and its exit status tells what became of them", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await writeFixtureBundle(folder);
    await Deno.mkdir(`${folder}/sounds`);
    const sound = `${folder}/sounds/a, "quoted".wav`, broken = `${folder}/broken.wav`;
    await Deno.writeFile(sound, encodeWav(beats(2), { sampleRate: 2000 }));
    await Deno.writeTextFile(broken, "no sound");

    const [card, json, csv, none, usage] = await Promise.all([
      predict([folder, sound]),
      predict([folder, "-", "--json"], [sound, broken]),
      predict([folder, `${folder}/sounds`, "--csv"]),
      predict([`${folder}/none`, sound]),
      predict([folder]),
    ]);
    expect([card.code, card.out]).toEqual([0, expect.stringContaining("No diagnosis")]);

    const [first, second] = json.out.trim().split("\n").map((line) => JSON.parse(line));
    expect([json.code, first.file, first.classes, second.file]).toEqual([1, sound, ["healthy", "murmur"], broken]);
    expect(second.error).toContain("broken.wav");
    expect(json.err).toContain("1 of 2 not read");

    const [row, ...more] = parseCsv(csv.out, "standard output");
    expect([csv.code, row.file, more]).toEqual([0, sound, []]);
    expect(Number(row.p_murmur)).toBe(first.probabilities[1]);

    expect([none.code, none.err]).toEqual([1, expect.stringContaining("no such folder")]);
    expect([usage.code, usage.err]).toEqual([2, expect.stringContaining("missing required argument")]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
