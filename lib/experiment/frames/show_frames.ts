import type { Manifest } from "../../datasets/mod.ts";
import { bandNames, channelOf, openInput } from "../../features/mod.ts";
import { formatNpy } from "../../files/mod.ts";
import type { Run, RunFrames } from "../../runs/mod.ts";
import type { Experiment } from "../describe/experiment_schema.ts";
import { type FrameItem, readFrames } from "./frame_items.ts";
import type { JudgedFrames } from "./judge_frames.ts";

/** Seconds of a picture. */
const LONGEST = 6;
/** Rows that are shown, by their place from the worst to the best. */
const SHOWN = [0, 0.25, 0.5, 0.75, 1];

/** Writes `frames.json`: what each network said of each test row, and pictures of some from the worst to the best. */
export async function showFrames(
  run: Run,
  judged: readonly JudgedFrames[],
  { experiment, classes, manifest, items }: {
    experiment: Experiment;
    classes: string[];
    manifest: Manifest;
    items: readonly FrameItem[];
  },
): Promise<void> {
  const input = openInput(experiment.input), { hop } = input.axes;
  const ranked = judged.map((one) => ({ one, right: shareRight(one) })).filter(({ right }) => right >= 0)
    .toSorted((a, b) => a.right - b.right);
  const places = new Set(ranked.length === 0 ? [] : SHOWN.map((share) => Math.round(share * (ranked.length - 1))));
  const shown: RunFrames["shown"] = [];
  for (const { one, right } of Array.from(places, (place) => ranked[place])) {
    const row = manifest.rows[one.row], { times } = items[one.row];
    const first = one.labels.findIndex((label) => label >= 0);
    const last = Math.min(times.length, first + Math.round(LONGEST / hop));
    const { values, width } = await readFrames(input, manifest.folder, row);
    const data = channelOf(values.slice(first * width, last * width), input);
    const picture = `examples/frames-${shown.length + 1}.npy`;
    await run.write(picture, formatNpy({ shape: [last - first, input.bands], data }));
    shown.push({
      ...{ recording: row.recording, subject: row.subject, right, picture },
      ...{ start: times[first], hop, frames: last - first, bands: input.bands, bandsHz: input.bandsHz },
      bandNames: input.bandsHz.length > 0 ? undefined : bandNames(input.axes),
      truth: Array.from(one.labels.subarray(first, last)),
      said: Array.from(one.predicted.subarray(first, last)),
    });
  }
  const rows = judged.map(({ row, files }) => {
    const { recording, start, end } = manifest.rows[row];
    return { recording, start, end, firstFrame: items[row].times[0], posteriors: files };
  });
  await run.save("frames", { version: 1, classes, framesPerSecond: 1 / hop, rows, shown });
}

/** Share of the known frames that were right; -1 where none is known. */
function shareRight({ labels, predicted }: JudgedFrames): number {
  let known = 0, right = 0;
  labels.forEach((label, frame) => {
    if (label < 0) return;
    known++;
    right += Number(predicted[frame] === label);
  });
  return known === 0 ? -1 : right / known;
}
