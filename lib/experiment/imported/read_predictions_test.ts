import { expect } from "expect";
import { readPredictions } from "./read_predictions.ts";

/** The table in a text, and what it is read as. */
async function read(text: string, options = {}) {
  const path = await Deno.makeTempFile({ suffix: ".csv" });
  await Deno.writeTextFile(path, text);
  try {
    return await readPredictions(path, options);
  } finally {
    await Deno.remove(path);
  }
}

Deno.test("readPredictions() puts the healthy class first, and reads German numbers and other names of columns", async () => {
  const { classes, items } = await read(
    "Datei;Pat-Nr;Diagnose;prob_murmur;prob_normal;predicted\na.wav;P1;Normal;0,25;0,75;murmur\nb.wav;P2;murmur;0,5;0,5;murmur\n",
  );
  expect(classes).toEqual(["normal", "murmur"]);
  expect(items.map(({ row, said }) => [row.subject, row.label, said])).toEqual([
    ["P1", "normal", { fold: 0, seed: 0, predicted: "murmur", probabilities: [0.75, 0.25] }],
    ["P2", "murmur", { fold: 0, seed: 0, predicted: "murmur", probabilities: [0.5, 0.5] }],
  ]);
});

Deno.test("readPredictions() takes columns that are named as the labels are, and the likeliest class where none is said", async () => {
  const { items, warnings } = await read(
    "item,label,age,A,B,C\n1,A,40,0.2,0.3,0.5\n2,B,41,0.4,0.4,0.2\n3,C,42,0,1,0\n",
  );
  expect(items.map(({ said }) => said?.predicted)).toEqual(["C", "A", "B"]);
  expect(items[0].row.attributes).toEqual({ age: 40 });
  expect(warnings.join()).toMatch(/no column names the subjects/);
});

Deno.test("readPredictions() reads training rows without probabilities, and asks which of several parts is judged", async () => {
  const text = "recording,subject,label,part,p_0,p_1\na,1,0,Training,,\nb,2,1,val,0.1,0.9\nc,3,1,intra,0.2,0.8\n";
  const { items } = await read(text);
  expect(items.map(({ row, said }) => [row.part, said !== undefined])).toEqual(
    [["train", false], ["validation", true], ["test", true]],
  );
  const two = text + "d,4,0,inter,0.9,0.1\n";
  await expect(read(two)).rejects.toThrow(/one part to judge but found intra, inter/);
  expect((await read(two, { part: "Inter" })).items.map(({ row }) => row.recording)).toEqual(["a", "b", "d"]);
});

Deno.test("readPredictions() knows one subject in several spellings, and none where nobody is known", async () => {
  const { items, warnings } = await read(
    "recording,subject,label,p_N,p_W\na,P1,N,1,0\nb,p 1,N,1,0\nc,nan,N,1,0\nd,NA,W,0,1\n",
  );
  expect(new Set(items.map(({ row }) => row.subject)).size).toBe(3);
  expect(items[0].row.subject).toBe(items[1].row.subject);
  expect(warnings.join()).toMatch(/2 subjects are missing.*taken for one: "P1" = "p 1"/);
});

Deno.test("readPredictions() reads answers under other headers, times by their unit, and folds by their number alone", async () => {
  const head = "recording,subject,label,start_ms,end_ms,y_pred,cv_fold,p_N,p_W\n";
  const { items: [{ row, said }] } = await read(`${head}a,1,N,500,1500,W,2,0.9,0.1\n`);
  expect([row.start, row.end, said?.predicted, said?.fold]).toEqual([0.5, 1.5, "W", 2]);
  await expect(read(`${head}a,1,N,500,1500,W,outer,0.9,0.1\n`)).rejects.toThrow(
    /whole number as fold but found "outer"/,
  );
});

const HEADER = "recording,subject,label,p_N,p_W\n";
const WRONG: Record<string, [string, RegExp]> = {
  "an item that comes twice": [HEADER + "a,1,N,0.9,0.1\nb,1,N,0.9,0.1\na,1,N,0.8,0.2\n", /which line 2 has.*line 4 of/],
  "a sum that isn't 1": [HEADER + "a,1,N,0.9,0.1\nb,1,N,0.9,0.3\n", /0\.9 \+ 0\.3 = 1\.2 in line 3 of/],
  "a label without a probability": [
    HEADER + "a,1,N,0.9,0.1\nb,1,Crackle,0.9,0.1\n",
    /N, W but found "Crackle" in line 3/,
  ],
  "NaN": [HEADER + "a,1,N,nan,0.1\n", /from 0 to 1 as p_N but found "nan" in line 2/],
  "logits": [HEADER + "a,1,N,-1.5,2.5\n", /found "-1\.5" in line 2.*no logits/],
  "a class without a column": ["recording,subject,label,p_W\na,1,N,0.9\n", /probability of each class.*only W/],
  "no label": ["recording,subject,p_N,p_W\na,1,0.9,0.1\n", /add the column label.*--column label=NAME/],
  "no recording": [HEADER + "a,1,N,0.9,0.1\n,1,N,0.9,0.1\n", /a recording but found an empty cell in line 3/],
  "no time": ["recording,start,subject,label,p_N,p_W\na,x,1,N,0.9,0.1\n", /seconds as start but found "x" in line 2/],
  "an item under two spellings of its path": [HEADER + "x/a,1,N,0.9,0.1\n./x/a,1,N,0.8,0.2\n", /line 2 has already/],
  "another fold of the same name": ["recording,fold,label,p_N,p_W\na,1,N,1,0\na,1,N,1,0\n", /line 2 has already/],
};
for (const [what, [text, message]] of Object.entries(WRONG)) {
  Deno.test(`readPredictions() says in which line there is ${what}`, async () => {
    await expect(read(text)).rejects.toThrow(message);
  });
}

Deno.test("readPredictions() takes an item again in another fold or seed", async () => {
  const { items, folds } = await read("recording,fold,seed,label,p_N,p_W\na,0,1,N,1,0\na,1,1,N,1,0\na,0,2,N,1,0\n");
  expect([items.length, folds]).toEqual([3, true]);
});
