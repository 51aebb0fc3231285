import { expect } from "expect";
import { hashBytes } from "../files/mod.ts";
import { fetchDataset, loadDataset } from "./mod.ts";
import { zip } from "./fixtures/archives.ts";
import { testWav, withFolder } from "./fixtures/with_folder.ts";
import { ranged, withServer } from "./fixtures/with_server.ts";

const quick = { retries: 3, retryDelay: 1 };
const text = (content: string) => new TextEncoder().encode(content);

const sprsoundZip = zip([
  { name: "SPRSound-main/BioCAS2022/train2022_wav/1_0.5_0_p1_10.wav", content: testWav({ seconds: 1 }) },
  {
    name: "SPRSound-main/BioCAS2022/train2022_json/1_0.5_0_p1_10.json",
    content: text('{"record_annotation":"Normal","event_annotation":[]}'),
  },
]);

Deno.test("fetchDataset() shows the licence, downloads, unpacks, and leaves licence, citation and sums beside the data", async () => {
  const asked: string[] = [];
  await withServer(
    (request, path) => (asked.push(path), ranged(request, sprsoundZip)),
    (mirror) =>
      withFolder({}, async (folder) => {
        const shown: string[] = [];
        const onNotice = ({ licence, citation }: { licence: string; citation: string }) => {
          expect(asked).toEqual([]);
          shown.push(licence, citation);
        };
        const first = await fetchDataset("sprsound", { ...quick, folder, mirror, onNotice });
        expect(shown[0]).toBe("CC BY 4.0");
        expect(asked).toEqual(["/github.com/SJTU-YONGFU-RESEARCH-GRP/SPRSound/archive/refs/heads/main.zip"]);
        expect(first).toMatchObject({ loaded: ["main.zip"], kept: [], unpacked: 2 });
        expect(await Deno.readTextFile(`${folder}/LICENCE_AND_CITATION.txt`)).toMatch(
          /Licence: CC BY 4\.0\n\nCite: Zhang/,
        );
        const { files } = JSON.parse(await Deno.readTextFile(`${folder}/SOURCE.json`));
        expect(files[0]).toMatchObject({ path: "main.zip", sha256: hashBytes(sprsoundZip), unpacked: 2 });
        const { rows } = await loadDataset("sprsound", { folder, task: "records-5" });
        expect(rows.length).toBe(1);
        const again = await fetchDataset("sprsound", { ...quick, folder, mirror });
        expect(again).toMatchObject({ loaded: [], kept: ["main.zip"] });
        expect(asked.length).toBe(1);
      }),
  );
});

Deno.test("fetchDataset() checks what it gets against the makers' sums, and says how to get it by hand", async () => {
  const archive = zip([{ name: "training-a/a0001.wav", content: testWav({ seconds: 1 }) }, {
    name: "training-a/REFERENCE.csv",
    content: text("a0001,1\n"),
  }]);
  let sum = hashBytes(archive);
  await withServer((request, path) => {
    if (path.endsWith("SHA256SUMS.txt")) return new Response(`${sum} training.zip\n`);
    return path.endsWith("training.zip") ? ranged(request, archive) : new Response("", { status: 404 });
  }, (mirror) =>
    withFolder({}, async (folder) => {
      const done = await fetchDataset("cinc2016", { ...quick, folder, mirror });
      expect(done.loaded).toEqual(["training.zip"]);
      expect(done.missing[0]).toMatch(/404 Not Found.*Online_Appendix_training_set\.csv/);
      sum = "0".repeat(64);
      await expect(fetchDataset("cinc2016", { ...quick, folder: `${folder}/new`, mirror })).rejects.toThrow(
        /the SHA-256 sum 0{64} .* get it in a browser from https:\/\/physionet\.org\/content\/challenge-2016\/1\.0\.0\/, put it there as .*\/new\/training\.zip, and run the same command again/,
      );
    }));
});

Deno.test("fetchDataset() refuses a file that differs from the one fetched first, unless it is told to take it", async () => {
  let archive = sprsoundZip;
  await withServer(
    (request) => ranged(request, archive, `"${archive.length}"`),
    (mirror) =>
      withFolder({}, async (folder) => {
        const options = { ...quick, folder, mirror };
        await fetchDataset("sprsound", options);
        expect((await fetchDataset("sprsound", { ...options, again: true })).loaded).toEqual(["main.zip"]);
        archive = zip([{ name: "SPRSound-main/x.txt", content: text("changed") }]);
        await expect(fetchDataset("sprsound", { ...options, again: true })).rejects.toThrow(
          new RegExp(`the SHA-256 sum ${hashBytes(sprsoundZip)} but found ${hashBytes(archive)} of what came`),
        );
        expect((await fetchDataset("sprsound", { ...options, again: true, acceptChanged: true })).loaded).toEqual([
          "main.zip",
        ]);
        expect(JSON.parse(await Deno.readTextFile(`${folder}/SOURCE.json`)).files[0].sha256).toBe(hashBytes(archive));
      }),
  );
});

Deno.test("fetchDataset() takes an archive that the user has put there", async () => {
  await withFolder({ "main.zip": sprsoundZip }, async (folder) => {
    const mirror = "http://127.0.0.1:9"; // nobody is asked
    expect((await fetchDataset("sprsound", { ...quick, folder, mirror })).unpacked).toBe(2);
  });
});

Deno.test("fetchDataset() stops where the licence is refused, and says which datasets have no download", async () => {
  await withFolder({}, async (folder) => {
    const onNotice = () => {
      throw new Error("not accepted");
    };
    await expect(fetchDataset("kauh", { folder, onNotice })).rejects.toThrow("not accepted");
    expect([...Deno.readDirSync(folder)]).toEqual([]);
    await expect(fetchDataset("synthetic", { folder })).rejects.toThrow(
      /a dataset to download \(cinc2016.*"synthetic": get it from .*lay it into/,
    );
  });
});
