import { writeAtomic } from "../files/mod.ts";
import { runIn } from "../runs/mod.ts";
import { cardFrontMatter } from "./model_card/front_matter.ts";
import { cardSections } from "./model_card/sections.ts";
import { readRunFiles } from "./read_run_files.ts";
import { reportView } from "./report_view.ts";

/**
 * Writes `model_card.md` into a run folder, from its files alone: Hugging Face front matter, then the sections of
 * Mitchell et al. 2019, "Model Cards for Model Reporting". What a file doesn't say is said to be unknown.
 *
 * @returns the path of the card.
 */
export async function renderModelCard(folder: string): Promise<string> {
  const run = await readRunFiles(folder);
  const view = reportView(run, "everything");
  const path = runIn(folder).path("model_card.md");
  await writeAtomic(path, `${cardFrontMatter(view)}\n${cardSections(view).join("\n\n")}\n`);
  return path;
}
