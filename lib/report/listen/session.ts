// What the listener did, and undoes. Runs in the page.
import type { Verdict } from "../../listening/verdicts.ts";
import type { QuestionedSound } from "./listen_data.ts";

/** How sure a listener is, as `certainties` of lib/listening has them. */
export const CERTAINTIES = ["sure", "likely", "unsure"] as const satisfies Verdict["certainty"][];

/** What somebody says of a sound; events in seconds of what the page holds. */
export interface Judgement extends Pick<Verdict, "certainty" | "events" | "remark" | "blind"> {
  /** A class, `null` for "can't tell", nothing where nothing is said yet or not any more. */
  verdict?: string | null;
}

/** All that changes while somebody listens. */
export interface Session {
  /** Place in the queue. */
  at: number;
  judged: Readonly<Record<string, Judgement>>;
  /** Items whose label has been seen: a verdict on them isn't blind any more, undone or not. */
  seen: ReadonlySet<string>;
  /** What was said before, the latest last. */
  past: readonly { item: string; at: number; before: Judgement | undefined; what: keyof Judgement }[];
}

const NOTHING: Judgement = { certainty: "sure", events: [], remark: "", blind: false };

/** A session that goes on from what one rater said of these sounds, at the first that nothing is said of. */
export function resume(
  verdicts: readonly Verdict[],
  sounds: readonly Pick<QuestionedSound, "item" | "from">[],
): Session {
  const begins = new Map(sounds.map(({ item, from }) => [item, from]));
  const judged: Record<string, Judgement> = {};
  for (const one of verdicts.toSorted((a, b) => a.time < b.time ? -1 : 1)) {
    const from = begins.get(one.item);
    if (from === undefined) continue;
    const { verdict, certainty, remark, blind } = one;
    judged[one.item] = { verdict, certainty, remark, blind, events: one.events.map((event) => moved(event, -from)) };
  }
  const at = Math.max(0, sounds.findIndex(({ item }) => !Object.hasOwn(judged, item)));
  return { at, judged, seen: new Set(Object.keys(judged)), past: [] };
}

/** A judgement as it is kept; nothing where there is no verdict. */
export function verdictOf(
  { verdict, events, ...judgement }: Judgement,
  { item, label, from }: QuestionedSound,
  told: Pick<Verdict, "rater" | "queue" | "seconds" | "time">,
): Verdict | undefined {
  if (verdict === undefined) return undefined;
  return { item, label, verdict, ...judgement, ...told, events: events.map((event) => moved(event, from)) };
}

/** Seconds of the sound to seconds of the recording, and back. */
function moved<T extends { start: number; end: number }>(event: T, by: number): T {
  const at = (time: number) => Math.round(1000 * (time + by)) / 1000;
  return { ...event, start: at(event.start), end: at(event.end) };
}

/** What is said of an item so far. */
export function judgementOf({ judged }: Session, item: string): Judgement {
  return Object.hasOwn(judged, item) ? judged[item] : NOTHING;
}

/** A change of what is said of an item. Letters of one remark and moves of one event are one change. */
export function change(
  session: Session,
  item: string,
  { blind, merge = false, ...said }: Partial<Judgement> & { merge?: boolean },
): Session {
  const { past, judged } = session;
  const before = Object.hasOwn(judged, item) ? judged[item] : undefined;
  const what = Object.keys(said)[0] as keyof Judgement;
  const last = past.at(-1);
  const merged = merge && last?.item === item && last.what === what;
  const after = { ...judgementOf(session, item), ...said };
  if (said.verdict !== undefined) after.blind = blind === true && !session.seen.has(item);
  return {
    ...session,
    judged: { ...judged, [item]: after },
    seen: said.verdict !== undefined ? new Set([...session.seen, item]) : session.seen,
    past: merged ? past : [...past, { item, at: session.at, before, what }],
  };
}

/** The session before the last change, at the sound that it was about. */
export function undo(session: Session): Session {
  const last = session.past.at(-1);
  if (!last) return session;
  return {
    ...session,
    at: last.at,
    judged: { ...session.judged, [last.item]: last.before ?? NOTHING },
    past: session.past.slice(0, -1),
  };
}
