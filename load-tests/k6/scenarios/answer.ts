/** What a system said that it had taken. The runner looks all of them up in the log. */
export interface Answer {
  /** The event that must be in the log; `Unrecorded` is a redirect that said it recorded nothing. */
  readonly kind:
    | 'ClickRecorded'
    | 'VisitRecorded'
    | 'CouponEntered'
    | 'VisitorIdentified'
    | 'OrderPlaced'
    | 'Unrecorded';
  /** The click's id, the beacon's visitor or the order's id: each is used for one event only. */
  readonly key: string;
  /** UTC milliseconds when it was answered. */
  readonly answeredAt: number;
  /** From the request's first byte to the answer's last. */
  readonly tookMs: number;
}

/** A line of the file that k6 writes for the runner. */
export function answerLine({ kind, key, answeredAt, tookMs }: Answer): string {
  return `${kind} ${key} ${String(answeredAt)} ${tookMs.toFixed(2)}`;
}

const LINE =
  /^(ClickRecorded|VisitRecorded|CouponEntered|VisitorIdentified|OrderPlaced|Unrecorded) (\S+) (\d+) ([\d.]+)$/;

/** Null: a line that says something else. */
export function readAnswerLine(line: string): Answer | null {
  const [, kind, key, answeredAt, tookMs] = LINE.exec(line) ?? [];
  if (!isKind(kind) || key === undefined) return null;
  return { kind, key, answeredAt: Number(answeredAt), tookMs: Number(tookMs) };
}

function isKind(text: string | undefined): text is Answer['kind'] {
  return text !== undefined;
}
