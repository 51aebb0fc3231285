import { expect } from "expect";
import { encodeWav } from "../audio/mod.ts";
import { beats, writeFixtureBundle } from "../predict/fixture_bundle.ts";

const folder = import.meta.dirname!;

/** What a program finds that it may do, as `name of what: state`. */
const ASK = `
  const asked = [["read", "/etc/passwd"], ["read", "."], ["read", ".."], ["read", NAMED], ["read", INSIDE], ["write", NAMED], ["write", "results"],
    ["run"], ["net"], ["sys"], ["import"], ["ffi"], ["env", "HOME"], ["env", "NO_COLOR"]];
  const states = asked.map(([name, place]) => {
    const state = Deno.permissions.querySync({ name, ...name === "env" ? { variable: place } : place ? { path: place } : {} }).state;
    return [name + (place ? " " + place : ""), state === "granted"];
  });
  const tried = ["/etc/passwd", "deno.lock"].map((path) => {
    try { return Deno.readTextFileSync(path).length; } catch (error) { return error.name; }
  });
  console.log(JSON.stringify({ states: Object.fromEntries(states), tried }));`;

/** Runs a task of its own, with the permissions of \`evaluate\`. */
async function task(action: string, { signal }: { signal?: Deno.Signal } = {}) {
  const file = await Deno.makeTempFile({ suffix: ".ts", dir: folder, prefix: ".keep_rights_" });
  try {
    await Deno.writeTextFile(
      file,
      `import { Command } from "@commander-js/extra-typings"; import { interruptSignal, runTask, Stopped } from "./run_task.ts";
       import { keepRights } from "./keep_rights.ts"; import { DataError } from "../errors/mod.ts";
       await runTask(new Command("deno task x").action(async () => { ${action} }));`,
    );
    const args = ["run", "--quiet", "--no-check", "--no-prompt", "-P=evaluate", file];
    const child = new Deno.Command("deno", { args, stdout: "piped", stderr: "piped" }).spawn();
    const [stdout, stderr] = [child.stdout, child.stderr].map((stream) => stream.pipeThrough(new TextDecoderStream()));
    const err = new Response(stderr.pipeThrough(new TextEncoderStream())).text();
    let out = "";
    for await (const text of stdout) {
      out += text;
      if (signal && out.includes("ready")) child.kill(signal);
    }
    return { code: (await child.status).code, out, err: await err };
  } finally {
    await Deno.remove(file);
  }
}

Deno.test("keepRights() leaves a task what its command line names, and nothing else", async () => {
  const named = await Deno.makeTempDir({ prefix: "a b#c%25 ü," });
  try {
    const inside = `${named}/x.txt`;
    const constants = `const NAMED = ${JSON.stringify(named)}, INSIDE = ${JSON.stringify(inside)};`;
    const { code, out, err } = await task(`${constants} await keepRights({ read: [NAMED] }); ${ASK}`);
    expect([code, err]).toEqual([0, ""]);
    const { states, tried } = JSON.parse(out);
    const may = Object.entries(states).filter(([, granted]) => granted).map(([right]) => right);
    expect(may).toEqual([`read ${named}`, `read ${inside}`, "env NO_COLOR"]);
    expect(tried).toEqual(["NotCapable", "NotCapable"]);
  } finally {
    await Deno.remove(named, { recursive: true });
  }
});

Deno.test("keepRights() follows links that were named, lets a task write where it must, and tells at once where it may not", async () => {
  const real = await Deno.makeTempDir();
  const link = `${real}-link`;
  try {
    await Deno.writeTextFile(`${real}/x.txt`, "seen");
    await Deno.symlink(real, link);
    const read = await task(
      `await keepRights({ read: ["${link}/x.txt"], write: ["results/rights-test"] });
       console.log(Deno.readTextFileSync("${link}/x.txt"), Deno.readTextFileSync("${real}/x.txt"));
       const may = (path) => Deno.permissions.querySync({ name: "write", path }).state;
       console.log(may("results/rights-test/a"), may("results/other"), may("data"));`,
    );
    expect([read.code, read.out, read.err]).toEqual([0, "seen seen\ngranted prompt prompt\n", ""]);
    await Deno.symlink("/etc/passwd", `${real}/out`);
    const led = await task(
      `await keepRights({ read: ["${real}"] }); const { fileInside } = await import("../files/mod.ts");
       await fileInside("${real}", "out", { maxBytes: 1e6 });`,
    );
    expect([led.code, led.err]).toEqual([1, expect.stringContaining("a link out of the folder")]);
    const outside = await task(`await keepRights({ write: ["${real}"] }); console.log("went on");`);
    expect([outside.code, outside.out, outside.err]).toEqual([
      1,
      "",
      expect.stringContaining("below results/ and data/"),
    ]);
    const missing = await task(`await keepRights({ run: "results/none/latest" }); console.log("went on");`);
    expect([missing.code, missing.out]).toEqual([0, "went on\n"]);
  } finally {
    await Deno.remove(link);
    await Deno.remove(real, { recursive: true });
  }
});

Deno.test("keepRights() hands on failures, wrong usage and signals as if there were no thread", async () => {
  const failed = await task(`await keepRights({}); throw new DataError({ expected: "a", found: "b" });`);
  expect([failed.code, failed.out, failed.err]).toEqual([1, "", "error: Expected a but found b.\n"]);
  const stopped = await task(
    `const signal = interruptSignal(); await keepRights({}, signal); console.log("ready");
     await new Promise((resolve) => signal.addEventListener("abort", resolve)); throw new Stopped("kept");`,
    { signal: "SIGINT" },
  );
  expect([stopped.code, stopped.err]).toEqual([130, expect.stringMatching(/stopping .*\nkept\n$/)]);
  const died = await task(
    `await keepRights({}); setTimeout(() => { throw new Error("unforeseen"); }); await new Promise(() => {});`,
  );
  expect([died.code, died.err]).toEqual([1, expect.stringContaining("unforeseen")]);
});

Deno.test("predict keeps own parts, and the bundle's answers, to what was named", async () => {
  const home = await Deno.makeTempDir();
  try {
    await writeFixtureBundle(home);
    const sound = `${home}/sound.wav`, parts = `${home}/spy/spy.ts`;
    await Deno.writeFile(sound, encodeWav(beats(2), { sampleRate: 2000 }));
    await Deno.mkdir(`${home}/spy`);
    await Deno.mkdir(`${home}/shared`);
    await Deno.writeTextFile(`${home}/shared/more.ts`, "export const more = 1;");
    await Deno.writeTextFile(
      parts,
      `import "../shared/more.ts"; const NAMED = ${
        JSON.stringify(`${home}/model`)
      }, INSIDE = "/proc/self/environ"; ${ASK}`,
    );
    const args = ["run", "--quiet", "--no-check", "--no-prompt", "-P=predict", "lib/tasks/predict.ts"];
    const command = new Deno.Command("deno", { args: [...args, `${home}/model`, sound, "--parts", parts] });
    const { code, stdout, stderr } = await command.output();
    const [found, ...card] = new TextDecoder().decode(stdout).split("\n");
    expect([code, card.join("\n"), new TextDecoder().decode(stderr)]).toEqual([
      0,
      expect.stringContaining("No diagnosis"),
      expect.anything(),
    ]);
    const { states, tried } = JSON.parse(found);
    const may = Object.entries(states).filter(([, granted]) => granted).map(([right]) => right);
    expect(may).toEqual([`read ${home}/model`, "env NO_COLOR"]);
    expect(tried).toEqual(["NotCapable", "NotCapable"]);
  } finally {
    await Deno.remove(home, { recursive: true });
  }
});
