import { expect } from "expect";
import { datasetInfo, datasetNames, isOwnData, loadDataset } from "./mod.ts";
import { withFolder } from "./fixtures/with_folder.ts";

const published = datasetNames().filter((name) => !isOwnData({ name }));

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

Deno.test("every dataset of the catalogue names its licence, citation and home, and each class once", () => {
  for (const name of published) {
    const info = datasetInfo(name);
    const { title, licence, citation, home, subjectKey } = info;
    const texts = Object.entries({ title, licence, citation, home, subjectKey });
    expect([name, ...texts.filter(([, text]) => !text)]).toEqual([name]);
    for (const { classes, about } of Object.values(info.tasks)) {
      expect(new Set(classes).size).toBe(classes.length);
      expect(about).toMatch(/[.?]$/);
    }
  }
});

Deno.test("the page of data/ names every dataset of the catalogue", async () => {
  const page = await Deno.readTextFile(new URL("../../data/README.md", import.meta.url));
  const listed = /^The catalogue: (.*?)\n\n/ms.exec(page)![1].matchAll(/`([^`]+)`/g);
  const names = [...listed].flatMap(([, names]) => names.split(" "));
  expect(names.filter((name) => published.includes(name)).sort()).toEqual(published.sort());
});
