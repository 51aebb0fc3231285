import { expect } from "expect";
import { DataError } from "../errors/mod.ts";
import { assertWritable } from "./mod.ts";

Deno.test("assertWritable() leaves nothing behind, and names the way out where a folder can't be written", async () => {
  const folder = await Deno.makeTempDir();
  await assertWritable(`${folder}/new/groups.csv`, { remedy: "--out x.csv" });
  expect(await Array.fromAsync(Deno.readDir(`${folder}/new`))).toEqual([]);
  await Deno.writeTextFile(`${folder}/file`, "");
  const refused = assertWritable(`${folder}/file/groups.csv`, { remedy: "--out x.csv" });
  await expect(refused).rejects.toThrow(DataError);
  await expect(refused).rejects.toThrow(/groups\.csv.*--out x\.csv/);
  await Deno.remove(folder, { recursive: true });
});
