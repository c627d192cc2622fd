/** Judges a text, unless what it was judged to be is remembered. */
export type Memory<Judgement> = (text: string, judge: () => Judgement) => Judgement;

const MOST_REMEMBERED = 5000;
const LONGEST_REMEMBERED = 500;

/** For what few texts make up nearly all of. It begins anew when it is full. */
export function createMemory<Judgement>(): Memory<Judgement> {
  const known = new Map<string, Judgement>();
  return (text, judge) => {
    if (text.length > LONGEST_REMEMBERED) return judge();
    const before = known.get(text);
    if (before !== undefined) return before;
    const judgement = judge();
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(text, judgement);
    return judgement;
  };
}
