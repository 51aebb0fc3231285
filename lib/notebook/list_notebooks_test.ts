import { expect } from "expect";
import { resultNames } from "./list_notebooks.ts";

Deno.test("resultNames() keeps names, and tells those apart that are the same", () => {
  expect(resultNames(["a/run.ipynb", "b/c/run.ipynb", "d/c/run.ipynb", "x/other.ipynb"])).toEqual([
    "a/run.ipynb",
    "b/c/run.ipynb",
    "d/c/run.ipynb",
    "other.ipynb",
  ]);
  expect(resultNames(["run.ipynb", "./run.ipynb"])).toEqual(["run.ipynb", "run.ipynb"]);
});
