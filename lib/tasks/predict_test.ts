import { expect } from "expect";
import { encodeWav } from "../audio/mod.ts";
import { parseCsv } from "../files/mod.ts";
import { beats, writeFixtureBundle } from "../predict/fixture_bundle.ts";
import { endlessNetwork } from "./endless_fixture.ts";

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

    const slow50 = `${folder}/slow.wav`;
    await Deno.writeFile(slow50, encodeWav(beats(2).subarray(0, 500), { sampleRate: 50 }));
    const about = `${folder}/about.csv`;
    await Deno.writeTextFile(about, "file,subject,age\nslow.wav,7,4\n");
    const bySubject = ["--by-subject", "--csv"];
    const [card, json, csv, none, usage, slow, joined, apart] = await Promise.all([
      predict([folder, sound]),
      predict([folder, "-", "--json"], [sound, broken]),
      predict([folder, `${folder}/sounds`, "--csv"]),
      predict([`${folder}/none`, sound]),
      predict([folder]),
      predict([folder, slow50, "--about", about]),
      predict([folder, sound, slow50, "--about", about, ...bySubject]),
      predict([folder, sound, ...bySubject]),
    ]);
    expect([card.code, card.out]).toEqual([0, expect.stringContaining("No diagnosis")]);

    expect(card.out).toMatch(/^run: /);
    expect([json.err, csv.err]).toEqual([expect.stringMatching(/^run: /), expect.stringMatching(/^run: /)]);

    const [first, second] = json.out.trim().split("\n").map((line) => JSON.parse(line));
    expect([json.code, first.file, first.classes, second.file]).toEqual([1, sound, ["healthy", "murmur"], broken]);
    expect(second.error).toContain("broken.wav");
    expect([slow.code, slow.out]).toEqual([0, expect.stringMatching(/slow\.wav[^]*rate of 50 Hz/)]);
    expect(slow.err).toContain("--about changes nothing");
    expect(json.err).toContain("1 of 2 not read");

    const [row, ...more] = parseCsv(csv.out, "standard output");
    expect([csv.code, row.file, more]).toEqual([0, sound, []]);
    expect(Number(row.p_murmur)).toBe(first.probabilities[1]);

    const [alone, refused] = parseCsv(joined.out, "standard output");
    expect([joined.code, alone.subject, alone.recordings]).toEqual([0, sound, "1"]);
    expect(Number(alone.p_murmur)).toBe(first.probabilities[1]);
    expect([refused.subject, refused.label, refused.left_out]).toEqual(["7", "", "1"]);
    expect([apart.code, apart.err]).toEqual([2, expect.stringContaining("by --about")]);

    expect([none.code, none.err]).toEqual([1, expect.stringContaining("no such folder")]);
    expect([usage.code, usage.err]).toEqual([2, expect.stringContaining("missing required argument")]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

/** Predicts the same recording many times by two threads, and does something once the workers are at it. */
async function interrupted(
  folder: string,
  act: (process: Deno.ChildProcess, reader: ReadableStreamDefaultReader<Uint8Array>) => Promise<unknown>,
) {
  const sound = `${folder}/sound.wav`;
  await Deno.writeFile(sound, encodeWav(beats(15), { sampleRate: 2000 }));
  const args = [
    "run",
    "--no-check",
    "--quiet",
    "-P=predict",
    "lib/tasks/predict.ts",
    folder,
    "--csv",
    "--workers",
    "2",
  ];
  const names = Array.from({ length: 5000 }, () => sound).join("\n");
  const process = new Deno.Command("deno", { args: [...args, "-"], stdin: "piped", stdout: "piped", stderr: "piped" })
    .spawn();
  const fed = new Blob([names]).stream().pipeTo(process.stdin).catch(() => {}); // it ends before it has read all
  const reader = process.stdout.getReader();
  const err = new Response(process.stderr).text();
  let out = "";
  const decoder = new TextDecoder();
  const more = async () => {
    const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }));
    out += decoder.decode(value, { stream: true });
    return !done;
  };
  while (out.split("\n").length < 12 && await more());
  await act(process, reader);
  while (await more());
  const { code } = await process.status;
  await fed;
  return { code, out, err: await err };
}

Deno.test("predict takes thousands of names on standard input, and refuses them on its command line", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await writeFixtureBundle(folder);
    const names = Array.from({ length: 3000 }, (_, i) => `${folder}/none-${i}.wav`);
    const [line, input] = await Promise.all([predict([folder, ...names]), predict([folder, "-", "--json"], names)]);
    expect([line.code, line.err]).toEqual([2, expect.stringMatching(/3000 names[^]*standard input/)]);
    expect([input.code, input.err]).toEqual([1, expect.stringContaining("3000 of 3000 not read")]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("predict stopped amid its work says after how many recordings, and leaves whole rows", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await writeFixtureBundle(folder);
    const { code, out, err } = await interrupted(folder, (process) => Promise.resolve(process.kill("SIGINT")));
    const rows = parseCsv(out, "standard output");
    expect([code, out.at(-1)]).toEqual([130, "\n"]);
    expect(err.trim().split("\n")).toEqual([
      `run: ${folder}`,
      "",
      "stopping (once more ends at once) …",
      `stopped after ${rows.length} recordings`,
    ]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.test(`predict ends on ${signal} also amid a network that never ends`, async () => {
    const folder = await Deno.makeTempDir();
    try {
      const { digest: _digest, files: _files, ...bundle } = await writeFixtureBundle(folder, {}, { networks: 1 });
      await Deno.writeTextFile(`${folder}/model/bundle.json`, JSON.stringify(bundle));
      await Deno.writeFile(`${folder}/model/model.onnx`, endlessNetwork());
      await Deno.writeFile(`${folder}/sound.wav`, encodeWav(beats(2), { sampleRate: 2000 }));
      const process = new Deno.Command("deno", {
        args: ["run", "--no-check", "--quiet", "-P=predict", "lib/tasks/predict.ts", folder, `${folder}/sound.wav`],
        stdout: "null",
        stderr: "piped",
      }).spawn();
      const reader = process.stderr.pipeThrough(new TextDecoderStream()).getReader();
      let said = "";
      // It warns of a bundle without checksums once it listens to signals.
      while (!said.includes("warning")) said += (await reader.read()).value ?? "";
      await new Promise((resolve) => setTimeout(resolve, 2000));
      process.kill(signal);
      const { code } = await process.status;
      for (let read = await reader.read(); !read.done; read = await reader.read()) said += read.value;
      expect([code, said]).toEqual([130, expect.stringContaining("stopped after 0 recordings")]);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

Deno.test("predict ends without a word where nobody reads on, as behind head", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await writeFixtureBundle(folder);
    const { code, err } = await interrupted(folder, (_process, reader) => reader.cancel());
    expect([code, err]).toEqual([141, `run: ${folder}\n`]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
