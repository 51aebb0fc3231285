import { expect } from "expect";
import { judgedSet } from "./find_runs.ts";

const HEADER = "fold,seed,part,recording,subject,source,start,end,label,predicted,p_Normal,p_Wheeze";
const csv = (...rows: string[]) => [HEADER, ...rows].join("\n") + "\n";
const A = "0,0,test,a.wav,s1,site,0,2,Normal,Normal,0.9,0.1";
const B = "1,0,test,b.wav,s1,site,0,2,Wheeze,Wheeze,0.2,0.8";
const C = "0,0,validation,c.wav,s2,site,0,2,Wheeze,Wheeze,0.2,0.8";

Deno.test("judgedSet() counts the items and subjects of one part", () => {
  const { items, subjects } = judgedSet(csv(A, B, C), "test")!;
  expect({ items, subjects }).toEqual({ items: 2, subjects: 1 });
  expect(judgedSet(csv(A, B, C), "inter")).toBeNull();
});

Deno.test("judgedSet() asks neither for order, folds, seeds nor for what was predicted, but for the truth", () => {
  const print = (...rows: string[]) => judgedSet(csv(...rows), "test")!.fingerprint;
  const again = A.replace("0,0,", "2,7,").replace("Normal,Normal,0.9,0.1", "Normal,Wheeze,0.4,0.6");
  expect(print(B, A, again)).toBe(print(A, B));
  expect(print(A)).not.toBe(print(A, B));
  expect(print(A.replace("Normal,Normal", "Wheeze,Normal"), B)).not.toBe(print(A, B));
});

Deno.test("judgedSet() reads names in quotation marks as the same names", () => {
  const quoted = A.replace("a.wav", '"a.wav"');
  expect(judgedSet(csv(quoted, B), "test")).toEqual(judgedSet(csv(A, B), "test"));
  expect(judgedSet(csv(A.replace("a.wav", '"a, b.wav"')), "test")).toMatchObject({ items: 1, subjects: 1 });
});
