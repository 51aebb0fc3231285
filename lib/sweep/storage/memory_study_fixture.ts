import { conditionHolds } from "../samplers/sampler.ts";
import type { ParamValue } from "../trial.ts";
import {
  LOSSES_UNTIL_FAILED,
  LOST_TOO_OFTEN,
  type StoredTrial,
  type StudyDescription,
  type StudyStorage,
} from "./study_storage.ts";

/** A study that lives in this process alone: what the words of StudyStorage mean, in few lines. */
export function memoryStudy(study: StudyDescription): StudyStorage {
  const all: StoredTrial[] = [];
  const notes: Record<string, string> = {};
  let ends = 0;
  const now = () => new Date().toISOString();

  function add(state: "running" | "waiting", fixed: Record<string, ParamValue> = {}): StoredTrial {
    const trial: StoredTrial = {
      ...{ id: all.length, number: all.length, state, value: null, params: {}, fixed, notes: {} },
      ...{ intermediate: new Map(), worker: null, claims: 0, losses: 0, beats: 0 },
      ...{ startedAt: null, finishedAt: null, endOrder: null },
    };
    all.push(trial);
    return trial;
  }
  const ownedBy = ({ id, worker, claims }: StoredTrial): StoredTrial | undefined =>
    all.find((now) => now.id === id && now.state === "running" && now.worker === worker && now.claims === claims);
  const end = (trial: StoredTrial, state: StoredTrial["state"], value: number | null) =>
    Object.assign(trial, { state, value: value ?? trial.value, finishedAt: now(), endOrder: ends++ });

  return {
    study,
    trials: () => Promise.resolve(structuredClone(all)),
    claim({ worker, limit, isAbandoned, propose, left = () => Infinity }) {
      for (const trial of all.filter(({ state, worker }) => state === "running" && worker !== null)) {
        if (!isAbandoned(trial) || trial.losses + 1 < LOSSES_UNTIL_FAILED) continue;
        trial.notes.error = LOST_TOO_OFTEN;
        end(trial, "fail", null);
      }
      const running = all.filter(({ state }) => state === "running");
      const trial = running.find((trial) => trial.worker === null || isAbandoned(trial)) ??
        all.find(({ state }) => state === "waiting") ??
        (all.length < limit && left(all) > 0 ? add("running") : undefined);
      if (trial === undefined) return Promise.resolve(null);
      if (trial.state === "running" && trial.worker !== null) trial.losses++;
      if (trial.claims++ === 0) {
        const proposed = { ...propose(all, trial.number), ...trial.fixed };
        const asked = Object.entries(study.space).filter(([name, dimension]) =>
          name in proposed && conditionHolds(dimension, proposed)
        );
        trial.params = Object.fromEntries(asked.map(([name]) => [name, proposed[name]]));
      }
      Object.assign(trial, { state: "running", worker, startedAt: trial.startedAt ?? now() });
      return Promise.resolve(structuredClone(trial));
    },
    enqueue: (params) => Promise.resolve(void add("waiting", params)),
    report(trial, { step, value }) {
      const own = ownedBy(trial);
      if (own && !own.intermediate.has(step)) own.losses = 0;
      own?.intermediate.set(step, value);
      return Promise.resolve(own !== undefined);
    },
    beat(trial) {
      const own = ownedBy(trial);
      if (own) own.beats++;
      return Promise.resolve(own !== undefined);
    },
    finish(trial, { state, value, notes }) {
      const own = ownedBy(trial);
      if (own) Object.assign(end(own, state, value).notes, notes);
      return Promise.resolve(own !== undefined);
    },
    release: (trial) => Promise.resolve(void Object.assign(ownedBy(trial) ?? {}, { worker: null })),
    note: (key, value) => Promise.resolve(void (notes[key] = value)),
    notes: () => Promise.resolve({ ...notes }),
    close: () => Promise.resolve(),
  };
}
