import { expect } from "expect";
import { peerCheck, type Peers } from "../testing/mod.ts";
import { parseCsv } from "../files/mod.ts";
import { checkDataset } from "./mod.ts";

async function findings(peers: Peers, name: string) {
  return (await checkDataset(name, { folder: peers.dataset(name) })).findings;
}

peerCheck(
  "the check finds the 48 wrong block alignments of SPRSound, that length tells the label, and nothing else",
  { datasets: ["sprsound"] },
  async (peers) => {
    const found = await findings(peers, "sprsound");
    const [aligned, others] = [true, false].map((is) =>
      found.filter(({ message }) => /block alignment of 4/.test(message) === is)
    );
    expect(aligned.length).toBe(48);
    expect(others).toEqual([expect.objectContaining({ message: expect.stringContaining("the duration alone") })]);
  },
);

peerCheck(
  "the check finds the three pairs of KAUH under two labels, and BP9 = DP9",
  { datasets: ["kauh"] },
  async (peers) => {
    const found = await findings(peers, "kauh");
    const named = (kind: string) =>
      found.filter((one) => one.kind === kind).map(({ path }) => path.match(/[BDE]P\d+/)![0]);
    expect(named("mislabelled")).toEqual(["BP100", "BP101", "DP100", "DP101", "EP76", "EP77"]);
    expect(named("duplicate")).toContain("DP9");
  },
);

peerCheck(
  "the check finds the 15 odd ids of HLS-CMDS, ICBHI's two patients on both sides, CirCor's children with two numbers",
  {
    datasets: ["hls-cmds", "icbhi", "circor"],
  },
  async (peers) => {
    expect((await findings(peers, "hls-cmds"))[0].message).toMatch(/^15 ids in LS\.csv/);
    const icbhi = (await findings(peers, "icbhi")).map(({ message }) => message);
    expect(icbhi).toContain("the official split has these patients on both sides: 156, 218");
    const patients = parseCsv(
      await Deno.readTextFile(`${peers.dataset("circor")}/training_data.csv`),
      "training_data.csv",
    );
    const twice = patients.filter((patient) => /^\d+$/.test(patient["Additional ID"]));
    expect(twice.length).toBeGreaterThan(0);
    expect((await findings(peers, "circor")).length).toBe(twice.length);
  },
);
