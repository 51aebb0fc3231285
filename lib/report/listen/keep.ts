// Nothing that was pressed is lost: it is in the browser's own store before it is on its way to the file. Runs in the page.
import type { Verdict } from "../../listening/verdicts.ts";

/** Where verdicts are kept, as the page says it. */
export interface KeepState {
  /** `local`: there is no server, and they are the browser's and the download's. */
  kind: "saved" | "saving" | "local" | "failed";
  /** Why it failed, and what to do. */
  message?: string;
}

/** Where the verdicts of one rater on one queue are kept. */
export interface Keep {
  /** All of them, in the order in which they were given. */
  rows(): Verdict[];
  /** Keeps a row; the one before it of the same item that is less than a moment old is replaced. */
  put(row: Verdict): void;
  /** What is still changing is done, and sent. */
  flush(): void;
}

/** A row that may still change for this long, ms: letters of a remark aren't rows. */
const MOMENT = 700;
/** Bytes that a browser still sends when the page is closed (Fetch standard: 64 KiB); it refuses to begin with more. */
const LASTING = 60_000;
/** Until the next try, ms. */
const AGAIN = 4000;
/** Until a request is taken for lost, ms: a command that is being stopped may never answer. */
const PATIENCE = 10_000;

interface Stored {
  rows: Verdict[];
  /** Of these, how many the file has. */
  sent: number;
  open?: Verdict;
}

/** What is kept in this browser of the queue `key` and this rater. */
function storedUnder(name: string): Stored {
  try {
    const { rows, sent, open }: Stored = JSON.parse(localStorage.getItem(name) ?? '{"rows":[],"sent":0}');
    return { rows: open ? [...rows, open] : rows, sent };
  } catch {
    return { rows: [], sent: 0 };
  }
}

/** Keeps it in this browser; false where that keeps no more. */
function store(name: string, stored: Stored): boolean {
  try {
    localStorage.setItem(name, JSON.stringify(stored));
    return true;
  } catch {
    return false;
  }
}

/** What is kept here and what the file has. What was sent of a sound of which the file has nothing any more is to be sent again. */
function joined({ rows, sent }: Stored, known: readonly Verdict[]): Stored {
  const own = new Set(rows.map(({ item, time }) => item + time)), inFile = new Set(known.map(({ item }) => item));
  const others = known.filter(({ item, time }) => !own.has(item + time));
  const { kept = [], lost = [] } = Object.groupBy(rows.slice(0, sent), (row) => inFile.has(row.item) ? "kept" : "lost");
  return { rows: [...others, ...kept, ...lost, ...rows.slice(sent)], sent: others.length + kept.length };
}

const FULL: KeepState = { kind: "failed", message: "This browser keeps no more: download verdicts.csv now." };
type Timer = ReturnType<typeof setTimeout> | undefined;

/** Begins or goes on with what is kept, here and in the file. */
export async function openKeep(
  { key, rater, onState }: { key: string; rater: string; onState(state: KeepState): void },
): Promise<Keep> {
  const name = `auscult listen ${key} ${rater}`;
  const served = location.protocol.startsWith("http");
  const stored = storedUnder(name);
  if (served) {
    const known = await rowsInFile(rater).catch(() => undefined);
    if (known) Object.assign(stored, joined(stored, known));
  }
  let closing: Timer, again: Timer, busy = false;

  const close = () => {
    clearTimeout(closing);
    if (!stored.open) return;
    stored.rows.push(stored.open);
    delete stored.open;
    send();
  };
  const send = async () => {
    const full = !store(name, stored);
    if (!served) return onState(full ? FULL : { kind: "local" });
    if (busy) return;
    clearTimeout(again);
    const rows = stored.rows.slice(stored.sent);
    if (rows.length === 0) return onState({ kind: "saved" });
    busy = true;
    onState({ kind: "saving" });
    const problem = await post(rows);
    busy = false;
    if (problem === undefined) {
      stored.sent += rows.length;
      return send();
    }
    const kept = full
      ? "in this tab alone; download verdicts.csv"
      : "in this browser, and are sent again by themselves";
    onState({ kind: "failed", message: `${problem} Your verdicts are ${kept}.` });
    again = setTimeout(send, AGAIN);
  };

  addEventListener("pagehide", close);
  addEventListener("online", send);
  document.addEventListener("visibilitychange", () => document.hidden ? close() : send());
  send();
  return {
    rows: () => stored.open ? [...stored.rows, stored.open] : stored.rows,
    put(row) {
      if (stored.open && stored.open.item !== row.item) close();
      stored.open = row;
      store(name, stored);
      clearTimeout(closing);
      closing = setTimeout(close, MOMENT);
    },
    flush: close,
  };
}

/** The file's rows of one rater; the server tells nobody another's. */
async function rowsInFile(rater: string): Promise<Verdict[]> {
  const answer = await fetch(`verdicts?${new URLSearchParams({ rater })}`);
  return answer.ok ? await answer.json() : [];
}

/** Sends rows; says what is wrong where they aren't in the file. */
async function post(rows: Verdict[]): Promise<string | undefined> {
  try {
    const headers = { "Content-Type": "application/json" };
    const body = new Blob([JSON.stringify(rows)]);
    const answer = await fetch("verdicts", {
      ...{ method: "POST", headers, body, keepalive: body.size < LASTING },
      signal: AbortSignal.timeout(PATIENCE),
    });
    return answer.ok ? undefined : await answer.text();
  } catch {
    return "The command deno task listen doesn't answer: start it again in its folder.";
  }
}

/** Whether this tab is the only one with this queue; where it isn't, `onFree` is called when it becomes that. */
export async function onlyTab(key: string, onFree: () => void): Promise<boolean> {
  const forever = () => new Promise<never>(() => {});
  const free = await new Promise<boolean>((resolve) =>
    navigator.locks.request(`auscult listen ${key}`, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock === null ? undefined : forever();
    }).catch(() => resolve(true)) // a browser without locks for pages from disk
  );
  if (!free) {
    navigator.locks.request(`auscult listen ${key}`, () => {
      onFree();
      return forever();
    });
  }
  return free;
}
