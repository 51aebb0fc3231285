import { expect } from "expect";
import { dirname, join, relative } from "node:path";

const LIB = import.meta.dirname!;
/** From top to bottom, as the map has them: a room may import from the rooms above it. `testing` is for tests alone. */
const ROOMS = [...Deno.readTextFileSync(join(LIB, "README.md")).matchAll(/^\| `(\w+)\/`/gm)].map(([, room]) => room);
/** For experiments, notebooks and studies: it has something of every room. */
const FRONT_DOOR = join(LIB, "mod.ts");

function* sources(folder: string): Generator<string> {
  for (const entry of Deno.readDirSync(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory) yield* sources(path);
    else if (/\.tsx?$/.test(entry.name)) yield path;
  }
}

const isTest = (path: string) => /_test\.tsx?$|_peer_checks\.tsx?$|\/fixtures\//.test(path);
const roomOf = (path: string) => relative(LIB, path).split("/")[0];

function* imports(path: string): Generator<string> {
  const code = Deno.readTextFileSync(path).replaceAll(/^\s*(\*|\/\/).*$/gm, "");
  for (const [, from] of code.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)) yield join(dirname(path), from);
}

Deno.test("a room imports only from rooms above it", () => {
  const wrong: string[] = [];
  for (const path of sources(LIB)) {
    if (isTest(path) || roomOf(path) === "testing" || path === FRONT_DOOR) continue;
    for (const target of imports(path)) {
      if (target === join(LIB, "../deno.json")) continue;
      if (target === FRONT_DOOR) wrong.push(`${relative(LIB, path)} imports the front door`);
      const [from, to] = [roomOf(path), roomOf(target)];
      if (to === "testing" && !/_fixtures?\.tsx?$|\/fixtures\//.test(path)) {
        wrong.push(`${relative(LIB, path)} imports lib/testing`);
      } else if (from !== to && ROOMS.indexOf(to) > ROOMS.indexOf(from)) {
        wrong.push(`${relative(LIB, path)} imports ${to}`);
      }
    }
  }
  expect(wrong).toEqual([]);
});

Deno.test("the kernel is a package of its own, which knows nothing of the house nor of hearts", () => {
  for (const path of sources(join(LIB, "kernel"))) {
    const outside = [...imports(path)].map(roomOf).filter((room) => room !== "kernel");
    expect(outside.filter((room) => !(room === "testing" || room === "random"))).toEqual([]); // of its checks
    if (isTest(path)) continue;
    expect(outside).toEqual([]);
    const words = Deno.readTextFileSync(path).replaceAll("@auscult/jupyter-kernel", "");
    expect(words).not.toMatch(/auscult|\bheart(?!beat)|\blungs?\b|murmur|spectrogram/i);
  }
});

Deno.test("every room is on both maps, with a contents page, and nothing else is", () => {
  const there = [...Deno.readDirSync(LIB)].filter(({ isDirectory, name }) =>
    isDirectory && [...Deno.readDirSync(join(LIB, name))].length > 0
  ).map(({ name }) => name);
  expect(ROOMS.toSorted()).toEqual(there.toSorted());
  const rooms = Deno.readTextFileSync(join(LIB, "../README.md")).match(/^## The rooms\n(.*?)^## /ms)![1];
  expect(there.filter((room) => !rooms.includes(`\`${room}\``))).toEqual([]);
  const without = ["tasks", "testing"];
  for (const room of there.filter((name) => !without.includes(name))) {
    expect(Deno.statSync(join(LIB, room, "mod.ts")).isFile).toBe(true);
  }
});

Deno.test("a path is never made of a URL by its text, which has %20 for a blank", () => {
  const wrong: string[] = [];
  for (const path of [...sources(LIB), ...sources(join(LIB, "../bench")), ...sources(join(LIB, "../experiments"))]) {
    for (const [line] of Deno.readTextFileSync(path).matchAll(/^.*(?:\.pathname\b|["'`]file:\/\/).*$/gm)) {
      // What a browser asks a server for is no path of this machine, and a pattern is none either.
      if (!/request\.url|matchAll/.test(line)) wrong.push(`${relative(LIB, path)}: ${line.trim()}`);
    }
  }
  expect(wrong).toEqual([]); // fileURLToPath and pathToFileURL of node:url know how
});
