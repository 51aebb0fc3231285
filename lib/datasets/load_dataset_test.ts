import { expect } from "expect";
import { datasetInfo, datasetNames, loadDataset } from "./mod.ts";
import { withFolder } from "./fixtures/with_folder.ts";

Deno.test("loadDataset() names the datasets and tasks there are when asked for another", async () => {
  await withFolder({}, async (folder) => {
    await expect(loadDataset("sprsond", { folder, task: "events-2" })).rejects.toThrow(
      /synthetic.*sprsound.*"sprsond"/,
    );
    await expect(loadDataset("sprsound", { folder, task: "event" })).rejects.toThrow(/events-2, events-7.*"event"/);
    await expect(loadDataset("sprsound", { folder, task: "events-2", parts: ["outer"] })).rejects.toThrow(
      /a part of sprsound \(train, inter, intra, test2023, test2024, test2025\) but found "outer"/,
    );
  });
});

Deno.test("loadDataset() refuses a missing folder and an empty one for every dataset of the catalogue", async () => {
  await withFolder({}, async (folder) => {
    for (const name of datasetNames()) {
      const task = Object.keys(datasetInfo(name).tasks)[0];
      await expect(loadDataset(name, { folder: `${folder}/none`, task })).rejects.toThrow(
        /folder.* but found no such f/,
      );
      await expect(loadDataset(name, { folder, task })).rejects.toThrow(/but found none/);
    }
  });
});

Deno.test("every dataset of the catalogue names its licence, citation and home, and its healthy class first", () => {
  for (const name of datasetNames()) {
    const info = datasetInfo(name);
    for (const text of [info.title, info.licence, info.citation, info.home, info.subjectKey]) expect(text).not.toBe("");
    for (const { classes, about } of Object.values(info.tasks)) {
      expect(new Set(classes).size).toBe(classes.length);
      expect(about).toMatch(/[.?]$/);
    }
  }
});
