import { expect } from "expect";
import { encodeWav } from "../audio/mod.ts";
import { hashBytes, parseNpy } from "../files/mod.ts";
import { randomStream } from "../random/mod.ts";
import { type FeatureStoreOptions, openFeatureStore, type StoreItem } from "./feature_store.ts";
import type { InputOptions } from "./input_options.ts";
import { logMel } from "./log_mel.ts";
import { presets } from "./presets.ts";
import { windowSize } from "./window_shape.ts";

const input: InputOptions = { preset: "respirenet", seconds: 0.5, hop: 0.25, padding: "zero" };

/** A folder with recordings of 2 s at 4 kHz, gone after the test. */
async function withRecordings(names: string[], test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    for (const name of names) await Deno.writeFile(`${folder}/${name}`, encodeWav(noise(name), { sampleRate: 4000 }));
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Noise that 16 bits hold exactly. */
function noise(name: string): Float32Array {
  const stream = randomStream(0, name);
  return Float32Array.from({ length: 8000 }, () => (stream.integer(20001) - 10000) / 32768);
}

async function open(folder: string, items: StoreItem[], options: Partial<FeatureStoreOptions> = {}) {
  const notices: string[] = [];
  const paths = items.map((item) => ({ ...item, path: `${folder}/${item.path}` }));
  const onNotice = (line: string) => notices.push(line);
  const store = await openFeatureStore(paths, input, {
    cacheFolder: `${folder}/cache`,
    workers: 1,
    onNotice,
    ...options,
  });
  const size = windowSize(store);
  const data = new Float32Array(store.count * size);
  for (let window = 0; window < store.count; window++) store.read(window, data, window * size);
  store.close();
  const files = options.cache === false ? [] : [...Deno.readDirSync(`${folder}/cache`)].map(({ name }) => name).sort();
  return { store, data, notices, files };
}

Deno.test("openFeatureStore() gives each item its windows, equal to logMel() of its samples", async () => {
  await withRecordings(["a.wav"], async (folder) => {
    const items = [{ path: "a.wav", start: 0.5, end: 1.5 }, { path: "a.wav", start: 0, end: 0.2 }];
    const { store, data } = await open(folder, items);
    expect(store.windows).toEqual([
      { item: 0, start: 0.5, end: 1 },
      { item: 0, start: 0.75, end: 1.25 },
      { item: 0, start: 1, end: 1.5 },
      { item: 1, start: 0, end: 0.2 },
    ]);
    const size = windowSize(store);
    const second = logMel(noise("a.wav").slice(3000, 5000), presets.respirenet);
    expect([store.frames, store.bands]).toEqual([second.frames, second.nMels]);
    expect(data.slice(size, 2 * size)).toEqual(second.data);
    const padded = new Float32Array(2000);
    padded.set(noise("a.wav").subarray(0, 800));
    expect(data.slice(3 * size)).toEqual(logMel(padded, presets.respirenet).data);
  });
});

Deno.test("openFeatureStore() lets the last window end with the item", async () => {
  await withRecordings(["a.wav"], async (folder) => {
    const { store } = await open(folder, [{ path: "a.wav", start: 1, end: 1.9 }]);
    expect(store.windows.map(({ start }) => start)).toEqual([1, 1.25, 1.4]);
  });
});

Deno.test("openFeatureStore() passes over what it can't use, says why, and goes on", async () => {
  await withRecordings(["a.wav", "b.wav"], async (folder) => {
    await Deno.writeTextFile(`${folder}/text.wav`, "no sound");
    await Deno.writeFile(`${folder}/off.wav`, encodeWav(new Float32Array(4000), { sampleRate: 4000 }));
    const whole = { start: 0, end: Infinity };
    const { store } = await open(folder, [
      { path: "text.wav", ...whole },
      { path: "a.wav", start: 5, end: 6 },
      { path: "off.wav", ...whole },
      { path: "gone.wav", ...whole },
      { path: "b.wav", start: 0, end: 0.5 },
      { path: "b.wav", start: 1, end: 1 },
      { path: "b.wav", start: NaN, end: 1 },
    ]);
    expect(store.windows).toEqual([{ item: 4, start: 0, end: 0.5 }]);
    expect(store.passedOver.map(({ item }) => item)).toEqual([0, 1, 2, 3, 5, 6]);
    const [text, late, off, gone, empty, unknown] = store.passedOver.map(({ reason }) => reason);
    expect(text).toMatch(/text\.wav/);
    expect(late).toMatch(/segment inside the recording of 2\.000 s but found 5 s to 6 s/);
    expect(off).toMatch(/silence from 0 s .* in .*off\.wav/);
    expect(empty).toMatch(/found 1 s to 1 s/);
    expect(unknown).toMatch(/found NaN s to 1 s/);
    expect(gone).toMatch(/no such file in .*gone\.wav/);
  });
});

Deno.test("openFeatureStore() gives the same windows whatever the workers", async () => {
  const names = Array.from({ length: 12 }, (_, i) => `${i}.wav`);
  await withRecordings(names, async (folder) => {
    // 80 items of 10 KB windows a recording make more than one shard.
    const items = Array.from(
      { length: 960 },
      (_, i) => ({ path: names[(i * 5) % 12], start: i / 960, end: i / 960 + 0.5 }),
    );
    const one = await open(folder, items);
    expect(one.files.length).toBeGreaterThan(2);
    const two = await open(folder, items, { workers: 2, cacheFolder: `${folder}/other` });
    expect(two.store.windows).toEqual(one.store.windows);
    expect(two.store.windows.map(({ item }) => item)).toEqual(items.map((_, i) => i));
    const stop = new AbortController();
    const stopped = open(folder, items, {
      workers: 2,
      cacheFolder: `${folder}/stopped`,
      signal: stop.signal,
      onProgress: () => stop.abort(new Error("stopped by the user")),
    });
    await expect(stopped).rejects.toThrow(/stopped by the user/);
    expect([...Deno.readDirSync(`${folder}/stopped`)].filter(({ name }) => name.endsWith(".tmp"))).toEqual([]);
    expect(hashBytes(new Uint8Array(two.data.buffer))).toBe(hashBytes(new Uint8Array(one.data.buffer)));
  });
});

Deno.test("openFeatureStore() takes a shard from the cache until bytes, items or options change", async () => {
  await withRecordings(["a.wav", "b.wav"], async (folder) => {
    const built: number[] = [];
    const onProgress = (done: number) => built.push(done);
    const items = [{ path: "a.wav", start: 0, end: 1 }];
    const first = await open(folder, items, { onProgress });
    await open(folder, items, { onProgress });
    expect([built, first.files.length]).toEqual([[1], 2]);
    await Deno.copyFile(`${folder}/b.wav`, `${folder}/a.wav`);
    const changed = await open(folder, items, { onProgress });
    expect([built, changed.files.length]).toEqual([[1, 1], 4]);
    expect(changed.data).not.toEqual(first.data);
  });
});

Deno.test("openFeatureStore() may be called by several at once", async () => {
  await withRecordings(["a.wav"], async (folder) => {
    const items = [{ path: "a.wav", start: 0, end: 2 }];
    const all = await Promise.all(Array.from({ length: 5 }, () => open(folder, items)));
    for (const { data } of all) expect(data).toEqual(all[0].data);
    expect((await open(folder, items)).files.length).toBe(2);
  });
});

Deno.test("openFeatureStore() builds a damaged shard again and says so", async () => {
  await withRecordings(["a.wav"], async (folder) => {
    const items = [{ path: "a.wav", start: 0, end: 1 }];
    const { files, data } = await open(folder, items);
    const npy = `${folder}/cache/${files.find((name) => name.endsWith(".npy"))}`;
    const bytes = await Deno.readFile(npy);
    bytes[1000] ^= 1;
    await Deno.writeFile(npy, bytes);
    const again = await open(folder, items);
    expect(again.notices).toEqual([`${npy} is damaged: it is built again.`]);
    expect(again.data).toEqual(data);
    await Deno.truncate(npy, 500);
    expect((await open(folder, items)).data).toEqual(data);
  });
});

Deno.test("openFeatureStore() writes NPY files of [windows, frames, bands, channels]", async () => {
  await withRecordings(["a.wav"], async (folder) => {
    const { files, data, store } = await open(folder, [{ path: "a.wav", start: 0, end: 2 }]);
    const name = files.find((file) => file.endsWith(".npy"))!;
    const array = parseNpy(await Deno.readFile(`${folder}/cache/${name}`), name);
    expect(array.shape).toEqual([7, store.frames, store.bands, 1]);
    expect(array.data).toEqual(data);
  });
});

Deno.test("openFeatureStore() without a cache leaves nothing behind", async () => {
  await withRecordings(["a.wav"], async (folder) => {
    const { store } = await open(folder, [{ path: "a.wav", start: 0, end: 2 }], { cache: false });
    expect(store.count).toBe(7);
    expect((await open(folder, [], { cache: false })).store.count).toBe(0);
    expect([...Deno.readDirSync(folder)].map(({ name }) => name)).toEqual(["a.wav"]);
  });
});

Deno.test("openFeatureStore() stops by its signal", async () => {
  await withRecordings(["a.wav"], async (folder) => {
    const signal = AbortSignal.abort(new Error("stopped by the user"));
    await expect(open(folder, [{ path: "a.wav", start: 0, end: 2 }], { signal, cache: false })).rejects.toThrow(
      /stopped/,
    );
    expect([...Deno.readDirSync(folder)].length).toBe(1);
    await expect(open(folder, [{ path: "a.wav", start: 0, end: 2 }], { signal })).rejects.toThrow(
      /stopped by the user/,
    );
  });
});

Deno.test("openFeatureStore() refuses options that can't be followed", async () => {
  const store = (change: object) => openFeatureStore([], { ...input, ...change }, { cacheFolder: "/nowhere" });
  await expect(store({ preset: "mel" })).rejects.toThrow(
    /at preset: .*"respirenet"\|"pcg"/,
  );
  await expect(store({ seconds: 0 })).rejects.toThrow(/at seconds: .*>0/);
  await expect(store({ hop: -1 })).rejects.toThrow(/at hop: .*>0/);
  await expect(store({ padding: "wrap" })).rejects.toThrow(/at padding: .*"zero"\|"circular"\|"reflect"/);
});

Deno.test("openFeatureStore() called by several at once builds each shard once", async () => {
  await withRecordings(["a.wav", "b.wav"], async (folder) => {
    const built: number[] = [];
    const items = [{ path: "a.wav", start: 0, end: 1 }, { path: "b.wav", start: 0, end: 1 }];
    const stores = await Promise.all(
      [0, 1, 2].map(() => open(folder, items, { onProgress: (done) => built.push(done) })),
    );
    expect(built).toEqual([1, 2]);
    for (const { data } of stores) expect(data).toEqual(stores[0].data);
  });
});
