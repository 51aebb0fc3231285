import { expect } from "expect";
import { peerCheck } from "../testing/mod.ts";
import { exactDuplicates } from "./mod.ts";

peerCheck(
  "exactDuplicates() finds the copies that KAUH holds under other patients",
  { datasets: ["kauh"] },
  async (peers) => {
    const folder = peers.dataset("kauh");
    const names = Array.from(filesBelow(folder)).filter((name) => /\.(wav|flac)$/.test(name));
    const duplicates = await exactDuplicates(folder, names);
    const numbers = duplicates.map((group) => group.map((name) => name.match(/[BDE]P\d+/)![0]).sort().join(" "));
    expect(numbers).toEqual(expect.arrayContaining(["BP100 BP101", "DP100 DP101", "EP76 EP77"]));
  },
);

function* filesBelow(folder: string, below = ""): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(`${folder}/${below}`)) {
    if (isDirectory) yield* filesBelow(folder, `${below}${name}/`);
    else yield `${below}${name}`;
  }
}
