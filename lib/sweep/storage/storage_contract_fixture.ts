import { expect } from "expect";
import fc from "fast-check";
import { float, oneOf } from "../../experiment/describe/search_space.ts";
import { memoryStudy } from "./memory_study_fixture.ts";
import { LOST_TOO_OFTEN, type StoredTrial, type StudyDescription, type StudyStorage } from "./study_storage.ts";

/** Opens the study of that description, or of that name, in one place; twice opened, it is the same one. */
export type OpenStudy = (study: StudyDescription | string, options?: { mended?: boolean }) => Promise<StudyStorage>;

export const study: StudyDescription = {
  name: "test",
  direction: "maximize",
  space: { rate: float(0, 1), kind: oneOf("a", "b"), depth: { ...float(0, 1), when: { kind: ["b"] } } },
  experiment: "{}",
};
export const claim = {
  limit: 3,
  isAbandoned: () => false,
  propose: (_: unknown, n: number) => ({ rate: n / 10, kind: "a", depth: 0.5 }),
};

/** What every storage of studies has to do, as named checks; each gets a place of its own. `runs` are those of the property. */
export const storageContract: { name: string; check: (open: OpenStudy, runs?: number) => Promise<void> }[] = [
  {
    name: "gives each trial to one worker and no more than the limit",
    async check(open) {
      const [one, two] = [await open(study), await open(study)];
      const claims = await Promise.all([one, two, one, two].map((s, i) => s.claim({ ...claim, worker: `w${i}` })));
      expect(claims.map((trial) => trial?.number ?? null).toSorted()).toEqual([0, 1, 2, null]);
      expect(claims.find((trial) => trial?.number === 2)!.params).toEqual({ rate: 0.2, kind: "a" });
      expect((await two.trials()).map(({ state }) => state)).toEqual(["running", "running", "running"]);
      await Promise.all([one.close(), two.close()]);
    },
  },
  {
    name: "hands an abandoned trial to one other; the first owner is told and can't end it",
    async check(open) {
      const [one, two] = [await open(study), await open(study)];
      const trial = (await one.claim({ ...claim, worker: "one" }))!;
      expect(await one.report(trial, { step: 0, value: 0.5 })).toBe(true);
      expect(await one.beat(trial)).toBe(true);
      const isAbandoned = ({ beats }: StoredTrial) => beats === 1;
      const taken = (await two.claim({ ...claim, worker: "two", isAbandoned }))!;
      expect([taken.id, taken.worker, taken.params]).toEqual([trial.id, "two", trial.params]);
      expect(await one.beat(trial)).toBe(false);
      expect(await one.finish(trial, { state: "complete", value: 1 })).toBe(false);
      expect(await two.finish(taken, { state: "complete", value: 0.7, notes: { why: "done" } })).toBe(true);
      expect(await two.finish(taken, { state: "fail", value: null })).toBe(false);
      const [stored] = await one.trials();
      expect([stored.state, stored.value, stored.notes.why]).toEqual(["complete", 0.7, "done"]);
      await Promise.all([one.close(), two.close()]);
    },
  },
  {
    name: "serves settings in line first and takes back what was released",
    async check(open) {
      const storage = await open(study);
      await storage.enqueue({ kind: "b" });
      const first = (await storage.claim({ ...claim, worker: "one" }))!;
      expect(first.params).toEqual({ rate: 0, kind: "b", depth: 0.5 });
      await storage.release(first);
      expect((await storage.claim({ ...claim, worker: "two" }))!.id).toBe(first.id);
      await storage.note("slurm", "17");
      expect(await storage.notes()).toEqual({ slurm: "17" });
      await storage.close();
    },
  },
  {
    name: "ends a trial as failed at which three workers died without a new step",
    async check(open) {
      const storage = await open(study);
      const isAbandoned = ({ number }: StoredTrial) => number === 0;
      const claims: (StoredTrial | null)[] = [];
      for (const worker of ["a", "b", "c", "d"]) {
        const trial = await storage.claim({ ...claim, limit: 2, worker, isAbandoned });
        claims.push(trial);
        if (worker === "a") await storage.report(trial!, { step: 1, value: 0 });
      }
      expect(claims.map((trial) => trial && [trial.number, trial.losses])).toEqual([[0, 0], [0, 1], [0, 2], [1, 0]]);
      const [failed] = await storage.trials();
      expect([failed.state, failed.notes.error]).toEqual(["fail", LOST_TOO_OFTEN]);
      await storage.close();
    },
  },
  {
    name: "makes no new trial where no setting is left, however many ask, but serves what stands in line",
    async check(open) {
      const [one, two] = [await open(study), await open(study)];
      const left = (trials: readonly StoredTrial[]) => 2 - trials.length;
      const claims = await Promise.all(
        [one, two, one, two].map((s, i) => s.claim({ ...claim, limit: 9, left, worker: `w${i}` })),
      );
      expect(claims.map((trial) => trial?.number ?? null).toSorted()).toEqual([0, 1, null, null]);
      await one.enqueue({ rate: 0.7 });
      expect((await two.claim({ ...claim, limit: 9, left, worker: "w4" }))!.params.rate).toBe(0.7);
      await Promise.all([one.close(), two.close()]);
    },
  },
  {
    name: "goes on with other settings of the experiment where no trial has a score, or where that is said",
    async check(open) {
      const storage = await open(study);
      const trial = (await storage.claim({ ...claim, worker: "one" }))!;
      await storage.finish(trial, { state: "fail", value: null, notes: { error: "broken" } });
      await storage.close();
      const mended = { ...study, experiment: '{"epochs":2}' };
      const second = await open(mended);
      await second.report((await second.claim({ ...claim, worker: "two" }))!, { step: 1, value: 0.5 });
      await second.close();
      const third = { ...study, experiment: '{"epochs":3}' };
      await expect(open(third)).rejects.toThrow(
        /other settings .*2.* against .*3.* of which 1 trial has a score.*--mended/,
      );
      const last = await open(third, { mended: true });
      expect([last.study.experiment, (await last.trials()).length]).toEqual(['{"epochs":3}', 2]);
      expect((await last.notes()).mended).toBe("2");
      const other = { ...third, space: { rate: float(0, 2) } };
      await expect(open(other, { mended: true })).rejects.toThrow(/another name with --study/);
      const byName = await open(study.name);
      expect(byName.study).toEqual(third);
      await Promise.all([last.close(), byName.close()]);
    },
  },
  {
    name: "gives an unchanging picture of the trials",
    async check(open) {
      const storage = await open(study);
      const trial = (await storage.claim({ ...claim, worker: "one" }))!;
      const before = await storage.trials();
      await storage.report(trial, { step: 1, value: 1 });
      await storage.finish(trial, { state: "pruned", value: 1 });
      expect([before[0].state, before[0].intermediate.size, trial.intermediate.size]).toEqual(["running", 0, 0]);
      expect((await storage.trials())[0].intermediate.get(1)).toBe(1);
      await storage.close();
    },
  },
  {
    name: "refuses a study of the same name with another space, names the difference, and opens one by its name",
    async check(open) {
      await expect(open(study.name)).rejects.toThrow(/study "test" .*found none/);
      await (await open(study)).close();
      const other = { ...study, space: { ...study.space, rate: float(0, 2) } };
      await expect(open(other)).rejects.toThrow(/this one .*rate .*"high":1.* not .*"high":2/);
      await expect(open({ ...study, direction: "minimize" })).rejects.toThrow(/one that is to maximize, not minimize/);
      await (await open({ ...other, name: "second" })).close();
      const byName = await open(study.name);
      expect(byName.study).toEqual(study);
      await byName.close();
    },
  },
  {
    name: "comes to the same states and answers as a study in memory, whatever is asked of it",
    check: (open, runs = 30) => {
      let names = 0;
      return fc.assert(
        fc.asyncProperty(fc.array(operation, { minLength: 1, maxLength: 30 }), async (operations) => {
          const own = { ...study, name: `random ${names++}` };
          const [first, second] = [await open(own), await open(own)];
          const model = memoryStudy(own);
          const workers = [0, 1, 2].map((i) => ({
            storage: i === 0 ? first : second,
            taken: [] as { stored: StoredTrial; model: StoredTrial }[],
          }));
          try {
            for (const asked of operations) {
              const { storage, taken } = workers[asked.worker];
              const pair = taken[asked.trial % Math.max(1, taken.length)];
              const answer = await answerOf(asked, storage, pair?.stored);
              const expected = await answerOf(asked, model, pair?.model);
              if (asked.kind === "claim" && answer && expected) {
                taken.push({ stored: answer as StoredTrial, model: expected as StoredTrial });
              }
              expect(comparable(answer)).toEqual(comparable(expected));
              expect(comparable(await first.trials())).toEqual(comparable(await model.trials()));
            }
            expect(comparable(await second.trials())).toEqual(comparable(await model.trials()));
          } finally {
            await Promise.all([first.close(), second.close()]);
          }
        }),
        { numRuns: runs },
      );
    },
  },
];

const operation = fc.record({
  kind: fc.constantFrom("claim", "claim", "claim", "report", "report", "beat", "finish", "release", "enqueue", "note"),
  worker: fc.integer({ min: 0, max: 2 }),
  trial: fc.nat(5),
  dead: fc.constantFrom("w0", "w1", "w2", "nobody", "nobody"),
  step: fc.nat(3),
  value: fc.oneof(fc.constant(-0), fc.double({ noDefaultInfinity: false })),
  state: fc.constantFrom("complete", "pruned", "fail"),
});
type Operation = typeof operation extends fc.Arbitrary<infer Value> ? Value : never;

function answerOf(asked: Operation, storage: StudyStorage, trial: StoredTrial | undefined): Promise<unknown> {
  const { kind, dead, step, value, state } = asked;
  const worker = `w${asked.worker}`;
  const finite = Number.isFinite(value) ? value : null;
  if (kind === "claim") {
    return storage.claim({ ...claim, limit: 5, worker, isAbandoned: (trial) => trial.worker === dead });
  }
  if (kind === "enqueue") return storage.enqueue({ kind: step > 1 ? "a" : "b" });
  if (kind === "note") return storage.note("key", worker).then(() => storage.notes());
  if (trial === undefined) return Promise.resolve();
  if (kind === "report") return storage.report(trial, { step, value });
  if (kind === "beat") return storage.beat(trial);
  if (kind === "release") return storage.release(trial);
  return storage.finish(trial, { state: state as "fail", value: finite, notes: { end: worker } });
}

/** Trials without what differs between storages: ids, times, a zero's sign (JSON has none); the order of ends as ranks. */
function comparable(answer: unknown): unknown {
  if (Array.isArray(answer)) {
    const ends = (answer as StoredTrial[]).flatMap(({ endOrder }) => endOrder ?? []).toSorted((a, b) => a - b);
    return (answer as StoredTrial[]).map((trial) => ({
      ...comparable(trial) as object,
      endRank: trial.endOrder === null ? null : ends.indexOf(trial.endOrder),
    }));
  }
  if (answer === null || typeof answer !== "object" || !("intermediate" in answer)) return answer;
  const { id: _, startedAt, finishedAt, endOrder, ...trial } = answer as StoredTrial;
  return {
    ...trial,
    value: unsigned(trial.value),
    intermediate: new Map(Array.from(trial.intermediate, ([step, value]) => [step, unsigned(value)])),
    began: startedAt !== null,
    ended: finishedAt !== null && endOrder !== null,
  };
}

/** −0 as 0. */
const unsigned = <Value extends number | null>(value: Value): Value => value === 0 ? 0 as Value : value;
