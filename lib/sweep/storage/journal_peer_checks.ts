import { expect } from "expect";
import { float, int, oneOf } from "../../experiment/search_space.ts";
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
