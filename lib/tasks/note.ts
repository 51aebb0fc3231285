import { Command } from "@commander-js/extra-typings";
import { collect } from "./option_values.ts";
import { keepRights } from "./keep_rights.ts";
import { runTask } from "./run_task.ts";

const command = new Command("deno task note")
  .description(
    "Writes a note beside a run: in its report, the index and the paper. Without a text it shows what is there.",
  )
  .argument("<run>", "a run folder, or an experiment's folder for its latest run")
  .argument("[text]", "what you want to remember of it")
  .option("--tag <name>", "a word to find it by; may be repeated", collect, [])
  .option("--star", "this run goes into the paper")
  .option("--no-star", "it doesn't any more")
  .action(async (folder, text, options) => {
    await keepRights({ run: folder });
    const { addNote, openRun, summariseNotes } = await import("../runs/mod.ts");
    const run = await openRun(folder);
    const asked = text !== undefined || options.tag.length > 0 || options.star !== undefined;
    const all = asked
      ? await addNote(run, { ...options, text, tags: options.tag })
      : await run.has("notes.json")
      ? await run.notes()
      : { notes: [] };
    const { star, tags } = summariseNotes(all);
    console.log(`run: ${run.folder}${star ? " (starred)" : ""}${tags.length > 0 ? `, tags ${tags.join(", ")}` : ""}`);
    for (const { at, text } of all.notes.filter(({ text }) => text !== "")) {
      console.log(`${at.slice(0, 16).replace("T", " ")}  ${text}`);
    }
    if (!asked || !await run.has("report.html")) return;
    const { renderReport } = await import("../report/mod.ts");
    console.log(`Report: ${await renderReport(run.folder)}`);
  });

await runTask(command);
