import { expect } from "expect";
import { float, int, oneOf } from "../../experiment/describe/search_space.ts";
import { randomStream } from "../../random/mod.ts";
import { peerCheck } from "../../testing/mod.ts";
import { openJournalStorage, pedAnova, type StudyDescription, tpeSampler } from "../mod.ts";

const SUMMARY = `
import json, sys, optuna
optuna.logging.set_verbosity(optuna.logging.ERROR)
storage = optuna.storages.JournalStorage(optuna.storages.journal.JournalFileBackend(sys.argv[1]))
study = optuna.load_study(study_name="check", storage=storage)
print(json.dumps({
  "direction": study.direction.name, "best": study.best_trial.number, "value": study.best_value,
  "importances": optuna.importance.get_param_importances(study, evaluator=optuna.importance.PedAnovaImportanceEvaluator()),
  "trials": [[t.state.name, t.value if t.state.name == "COMPLETE" else None, t.params, sorted(t.intermediate_values.items())] for t in study.trials],
}))`;

peerCheck(
  "Optuna loads a journal that openJournalStorage() wrote, and sees the same trials, best trial and importances",
  {
    python: ["optuna"],
  },
  async ({ python }) => {
    const folder = await Deno.makeTempDir();
    const study: StudyDescription = {
      name: "check",
      direction: "maximize",
      space: {
        rate: float(1e-4, 1, { log: true }),
        drop: float(0, 1, { step: 0.25 }),
        n: int(1, 8),
        kind: oneOf("a", null, 3),
      },
      experiment: "{}",
    };
    const storage = await openJournalStorage(`${folder}/study.jsonl`, study);
    for (let number = 0; number < 30; number++) {
      const trial = await storage.claim({
        worker: "one",
        limit: 30,
        isAbandoned: () => false,
        propose: (trials) => tpeSampler()({ ...study, trials, number, stream: randomStream(0, `trial/${number}`) }),
      });
      const value = -Math.abs(Math.log10(trial!.params.rate as number) + 2) - Number(trial!.params.n) / 100;
      await storage.report(trial!, { step: 1, value });
      if (number === 29) break; // stays running
      await storage.finish(trial!, { state: number % 7 === 6 ? "pruned" : "complete", value });
    }
    const trials = await storage.trials();
    await storage.close();
    const { stdout, stderr } = await new Deno.Command(python, {
      args: ["-W", "ignore", "-c", SUMMARY, `${folder}/study.jsonl`],
    })
      .output();
    const text = new TextDecoder().decode(stdout);
    if (text === "") throw new Error(new TextDecoder().decode(stderr));
    const seen = JSON.parse(text);
    const complete = trials.filter(({ state }) => state === "complete");
    const best = complete.reduce((a, b) => b.value! > a.value! ? b : a);
    expect([seen.direction, seen.best, seen.value]).toEqual(["MAXIMIZE", best.number, best.value]);
    expect(seen.trials).toEqual(trials.map(({ state, value, params, intermediate }) => [
      state.toUpperCase(),
      state === "complete" ? value : null,
      params,
      [...intermediate],
    ]));
    const ours = pedAnova(trials, study);
    expect(Object.keys(seen.importances).toSorted()).toEqual(Object.keys(ours).toSorted());
    for (const [name, share] of Object.entries(ours)) {
      expect(Math.abs(seen.importances[name] - share)).toBeLessThan(1e-9);
    }
    await Deno.remove(folder, { recursive: true });
  },
);

/** What Optuna puts into the study of a journal: trials in line, trials that were tried elsewhere, and one that is. */
const ADD = `
import sys, optuna
from optuna.trial import create_trial, TrialState
optuna.logging.set_verbosity(optuna.logging.ERROR)
storage = optuna.storages.JournalStorage(optuna.storages.journal.JournalFileBackend(sys.argv[1]))
study = optuna.load_study(study_name="check", storage=storage)
rate = optuna.distributions.FloatDistribution(0, 1)
kind = optuna.distributions.CategoricalDistribution(["a", "b"])
study.enqueue_trial({"rate": 0.125}, user_attrs={"by": "hand"})
study.add_trial(create_trial(params={"rate": 0.5, "kind": "b"}, distributions={"rate": rate, "kind": kind}, value=0.75, intermediate_values={3: 0.5}))
study.add_trial(create_trial(state=TrialState.WAITING, params={"kind": "b"}, distributions={"kind": kind}))
study.enqueue_trial({"rate": 7.0})
study.enqueue_trial({"unknown": 1, "rate": 0.25, "kind": "a"})
study.add_trial(create_trial(state=TrialState.FAIL))
optuna.delete_study(study_name=optuna.create_study(study_name="other", storage=storage).study_name, storage=storage)
asked = study.ask()
told = study.ask()
study.tell(told, 0.25)
`;

const READ = `
import json, sys, optuna
optuna.logging.set_verbosity(optuna.logging.ERROR)
storage = optuna.storages.JournalStorage(optuna.storages.journal.JournalFileBackend(sys.argv[1]))
study = optuna.load_study(study_name="check", storage=storage)
print(json.dumps([[t.number, t.state.name, t.value if t.state.name == "COMPLETE" else None, t.params] for t in study.trials]))
`;

peerCheck("trials that Optuna puts in line or adds to a journal are tried or count, and both see the same", {
  python: ["optuna"],
}, async ({ python }) => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/study.jsonl`;
  const run = async (script: string) => {
    const args = ["-W", "ignore", "-c", script, path];
    const { success, stdout, stderr } = await new Deno.Command(python, { args }).output();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
    return new TextDecoder().decode(stdout);
  };
  const study: StudyDescription = {
    ...{ name: "check", direction: "maximize", experiment: "{}" },
    space: { rate: float(0, 1), kind: oneOf("a", "b") },
  };
  const storage = await openJournalStorage(path, study);
  await storage.enqueue({ kind: "b" });
  await run(ADD);
  // Optuna's two asks have begun the first two that stood in line: this side's own, and the first of Optuna's.
  const before = await storage.trials();
  expect(before.map(({ state, elsewhere }) => `${state}${elsewhere ? " elsewhere" : ""}`)).toEqual(
    ["running elsewhere", "complete", "complete", "waiting", "waiting", "waiting", "fail"],
  );
  expect([before[1].notes.by, before[2].value, before[2].params, [...before[2].intermediate]])
    .toEqual(["hand", 0.75, { rate: 0.5, kind: "b" }, [[3, 0.5]]]);

  const claim = { worker: "one", limit: 8, isAbandoned: () => false, propose: () => ({ rate: 0.9, kind: "a" }) };
  const taken = [];
  for (let trial = await storage.claim(claim); trial; trial = await storage.claim(claim)) {
    taken.push([trial.number, trial.params]);
    await storage.finish(trial, { state: "complete", value: trial.params.rate as number });
  }
  // In line: what was left open is proposed; what the space can't hold fails; of eight trials one was still to make.
  expect(taken).toEqual([
    [3, { rate: 0.9, kind: "b" }],
    [5, { rate: 0.25, kind: "a" }],
    [7, { rate: 0.9, kind: "a" }],
  ]);
  const trials = await storage.trials();
  expect([trials[4].state, trials[4].notes.error]).toEqual(["fail", expect.stringMatching(/rate was asked to be 7/)]);
  await storage.close();
  const seen: [number, string, number | null, object][] = JSON.parse(await run(READ));
  expect(seen.map(([number, state, value]) => [number, state, value])).toEqual(
    trials.map(({ number, state, value }) => [number, state.toUpperCase(), state === "complete" ? value : null]),
  );
  // Of what Optuna began itself it knows what it suggested: nothing.
  for (const [number, , , params] of seen) expect(params).toEqual(trials[number].params);
  await Deno.remove(folder, { recursive: true });
});
