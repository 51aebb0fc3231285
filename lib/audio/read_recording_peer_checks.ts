import { expect } from "expect";
import { peerCheck } from "../testing/mod.ts";
import { encodeWav, isRecordingName, readRecording, recordingHeader } from "./mod.ts";

async function soundFiles(folder: string): Promise<string[]> {
  const files: string[] = [];
  for await (const entry of Deno.readDir(folder)) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) files.push(...await soundFiles(path));
    else if (isRecordingName(entry.name)) files.push(path);
  }
  return files;
}

// Numbers of recordings and their rates: the datasets' own descriptions.
const DATASETS: Record<string, number[]> = {
  "cinc2016": [2000],
  "circor": [4000],
  "sprsound": [8000],
  "kauh": [4000],
  "hls-cmds": [4000, 22050],
  "icbhi": [4000, 10000, 44100],
};

for (const [dataset, rates] of Object.entries(DATASETS)) {
  peerCheck(`readRecording() reads every recording of ${dataset}`, { datasets: [dataset] }, async (peers) => {
    const files = await soundFiles(peers.dataset(dataset));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const { samples, sampleRate, duration } = await readRecording(file);
      expect(rates).toContain(sampleRate);
      expect(samples.length).toBe(Math.round(duration * sampleRate));
      expect(duration).toBeGreaterThan(0.25);
    }
  });
}

peerCheck(
  "the SPRSound WAVs with a wrong block alignment come out whole",
  { datasets: ["sprsound"] },
  async (peers) => {
    const files = (await soundFiles(peers.dataset("sprsound"))).filter((file) => file.endsWith(".wav"));
    let wrong = 0;
    for (const file of files) {
      const bytes = await Deno.readFile(file);
      const view = new DataView(bytes.buffer);
      if (view.getUint16(32, true) === view.getUint16(22, true) * view.getUint16(34, true) / 8) continue;
      wrong++;
      // 16-bit mono at 8 kHz behind a header of 44 bytes; the events' times of the annotation end within it.
      const { samples, duration } = await readRecording(file);
      expect(samples.length).toBe((bytes.length - 44) / 2);
      const annotation = JSON.parse(
        await Deno.readTextFile(file.replace("train2022_wav", "train2022_json").replace(/wav$/, "json")),
      );
      for (const { end } of annotation.event_annotation) {
        expect(Number(end) / 1000).toBeLessThanOrEqual(
          duration + 0.001,
        );
      }
    }
    console.log(`${wrong} of ${files.length} WAV files have a wrong block alignment`);
    expect(wrong).toBeGreaterThan(0);
  },
);

peerCheck("readRecording() gives soundfile's samples", {
  datasets: ["icbhi", "hls-cmds", "sprsound"],
  python: ["soundfile"],
}, async (peers) => {
  const files = [];
  for (const dataset of ["icbhi", "hls-cmds", "sprsound"]) {
    files.push(...(await soundFiles(peers.dataset(dataset))).filter((file) => file.endsWith(".flac")).slice(0, 12));
  }
  const script = `
import sys, json, numpy as np, soundfile as sf
for path in sys.argv[1:]:
    y, rate = sf.read(path, dtype="float64", always_2d=True)
    y = y.mean(axis=1)
    print(json.dumps([len(y), rate, float(np.sum(y)), float(np.sum(y * y)), float(y[len(y) // 3])]))
`;
  const { stdout } = await new Deno.Command(peers.python, { args: ["-c", script, ...files] }).output();
  const lines = new TextDecoder().decode(stdout).trim().split("\n");
  for (const [i, file] of files.entries()) {
    const [n, rate, sum, energy, third] = JSON.parse(lines[i]);
    const { samples, sampleRate } = await readRecording(file);
    expect([samples.length, sampleRate]).toEqual([n, rate]);
    // Integers of up to 24 bits are exact in 32-bit floats: only the order of the additions differs.
    expect(samples[Math.floor(n / 3)]).toBe(third);
    expect(Math.abs(samples.reduce((total, x) => total + x, 0) - sum)).toBeLessThan(1e-9);
    expect(Math.abs(samples.reduce((total, x) => total + x * x, 0) / energy - 1)).toBeLessThan(1e-10);
  }
});

/** What ffmpeg is asked for, by ending: lossless kinds give the very samples, the others nearly. */
const KINDS: Record<string, { args: string[]; lossless: boolean }> = {
  "wav": { args: ["-c:a", "pcm_s24le"], lossless: true },
  "w64": { args: [], lossless: true },
  "aiff": { args: [], lossless: true },
  "caf": { args: ["-c:a", "pcm_f32le"], lossless: true },
  "au": { args: [], lossless: true },
  "flac": { args: [], lossless: true },
  "oga": { args: ["-c:a", "flac"], lossless: true },
  "rf64": { args: ["-f", "wav", "-rf64", "always"], lossless: true },
  "ogg": { args: ["-c:a", "libvorbis"], lossless: false },
  "opus": { args: [], lossless: false },
  "webm": { args: ["-c:a", "libopus"], lossless: false },
  "mp3": { args: [], lossless: false },
};

peerCheck("readRecording() reads what ffmpeg writes", { programs: ["ffmpeg"] }, async () => {
  const folder = await Deno.makeTempDir();
  const sampleRate = 16_000;
  const tones = Float32Array.from(
    { length: 2 * sampleRate },
    (_, i) => Math.round(8000 * Math.sin(i / 20) + 4000 * Math.sin(i * i / 3e6)) / 32768,
  );
  await Deno.writeFile(`${folder}/a.pcm.wav`, encodeWav(tones, { sampleRate }));
  for (const [ending, { args, lossless }] of Object.entries(KINDS)) {
    const path = `${folder}/b.${ending}`;
    const all = ["-v", "error", "-i", `${folder}/a.pcm.wav`, ...args, path];
    const { success, stderr } = await new Deno.Command("ffmpeg", { args: all }).output();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
    const { samples, duration, notes } = await readRecording(path);
    expect({ ending, notes }).toEqual({ ending, notes: [] });
    if (!lossless) expect(Math.abs(duration - 2)).toBeLessThan(0.1);
    else {
      expect({ ending, same: samples.every((x, i) => x === tones[i]), n: samples.length }).toEqual({
        ending,
        same: true,
        n: tones.length,
      });
      if (ending !== "oga") expect((await recordingHeader(path))?.frames).toBe(tones.length);
    }
  }
  await Deno.remove(folder, { recursive: true });
});
