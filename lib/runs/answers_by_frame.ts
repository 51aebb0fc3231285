import { dirname, join } from "node:path";

/** What becomes of a task that asks such a run for answers by item. */
export const BY_FRAME =
  "this run's networks answer by frame: its figures stand in report.html, what was said of each frame in posteriors/";

/** Whether a run answers for frames alone, by its folder or that of its model. */
export async function answersByFrame(folder: string): Promise<boolean> {
  for (const place of [folder, dirname(folder)]) {
    const config = await Deno.readTextFile(join(place, "config.json")).then(JSON.parse).catch(() => undefined);
    if (config) return config.experiment?.targets?.kind === "frames" && framesAlone(config.experiment);
  }
  return false;
}

/** Whether an experiment judges no item's class: its networks answer by frame alone, or tell crops of recordings. */
export function framesAlone(experiment: object): boolean {
  const { targets } = experiment as { targets?: { items?: string } };
  return targets !== undefined && targets.items === undefined;
}
