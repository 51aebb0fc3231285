// The thread of `renderPages`: what strangers put into a run's folder is opened here, where nothing else can be read.
import { importParts } from "../parts/mod.ts";
import { answerCrew } from "../runs/threads/worker_crew.ts";
import { type Pseudonymise, renderLivePage, renderModelCard, renderReport } from "../report/mod.ts";

/** Which pages of a run are made. */
export interface PageOrder {
  /** The run's folder. */
  folder: string;
  /** For the live page alone: its script. */
  script?: string;
  /** Modules that a person named, which define inputs. */
  modules?: string[];
  pseudonymise?: Pseudonymise;
}

answerCrew(async ({ folder, script, modules = [], pseudonymise }: PageOrder): Promise<string[]> => {
  for (const module of modules) await importParts(module);
  return script === undefined
    ? [await renderReport(folder, { pseudonymise }), await renderModelCard(folder)]
    : [await renderLivePage(folder, { script })];
});
