import { expect } from "expect";
import { datasetInfo } from "../../datasets/mod.ts";
import { dataTitle } from "./experiment_schema.ts";

Deno.test("dataTitle() is what the experiment says, else the table's name, else the catalogue's", () => {
  expect(dataTitle({ name: "csv", title: "Ward 3" }, "x/mine.csv")).toBe("Ward 3");
  expect(dataTitle({ name: "csv" }, "x/Klinik B.xlsx")).toBe("Klinik B");
  expect(dataTitle({ name: "folders" }, "x/ward-3/")).toBe("ward-3");
  expect(dataTitle({ name: "sprsound" }, "data/sprsound")).toBe(datasetInfo("sprsound").title);
});
