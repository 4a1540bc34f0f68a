// A result as JSON held against the chain file (SPEC RC6): the history it was made of, the revision
// it is, and whether its notes say what the chain says. Pure.
import { isOpen, isShown, toldIn, type ChainFile, type Finding } from './chain.ts';
import { fitsChecksum, isCount, isHash, isId } from './sealed_json.ts';

// `notes`: their words, without those that were erased.
export type Result = {
  workshop: string;
  checksum: string;
  as_of?: { seq: number; chain: string };
  notes: unknown[];
};
// `found` of `n` notes stand word for word in the chain file. `changed`: it ends where the result
// was made, so that all of them would; `partly`: later ones may have taken their place since.
// `sealed`: a revision whose checksum the chain itself tells. Old results do not say what they are
// of.
export type ResultVerdict =
  | { is: 'unnamed' }
  | { is: 'waiting' | 'other'; seq: number }
  | { is: 'fits' | 'partly' | 'changed'; seq: number; found: number; n: number }
  | { is: 'sealed'; sitting: number; revision: number };

type ReadNote = { text?: unknown; erased?: unknown };
type ReadResult = {
  workshop?: { id?: unknown };
  rooms?: { notes: ReadNote[] }[];
  as_of?: { seq?: unknown; chain?: unknown };
  checksum?: unknown;
};

// Nothing when its bytes were changed.
export function readResult(bytes: Uint8Array): Result | undefined {
  if (!fitsChecksum(bytes)) return undefined;
  try {
    const read = JSON.parse(new TextDecoder().decode(bytes)) as ReadResult;
    const { checksum } = read;
    const workshop = read.workshop?.id;
    const { seq, chain } = read.as_of ?? {};
    if (!isId(workshop) || !isHash(checksum)) return undefined;
    const as_of = isCount(seq) && isHash(chain) ? { seq, chain } : undefined;
    const notes = (read.rooms ?? []).flatMap((room) => room.notes);
    const gone = ({ text, erased }: ReadNote) => erased === true && text === '';
    const worded = notes.filter((note) => !gone(note)).map(({ text }) => text);
    return { workshop, checksum, as_of, notes: worded };
  } catch {
    return undefined;
  }
}

type Sealed = { at: number; sitting: number; revision: number };

// Where the chain itself names this checksum as a revision's.
function sealedIn(file: ChainFile, checksum: string): Sealed | undefined {
  for (const [index, commit] of file.commits.entries()) {
    for (const { event, sitting = 0, revision = 0, ...told } of toldIn(commit)) {
      if (event === 'revision_sealed' && told.checksum === checksum) {
        return { at: index + 1, sitting, revision };
      }
    }
  }
  return undefined;
}

// How many of the notes the commits up to `seq` show; words that were written once answer for one.
function countHeld(file: ChainFile, seq: number, notes: unknown[]): number {
  const shown = new Map<unknown, number>();
  for (const commit of file.commits.slice(0, seq).filter(isOpen)) {
    for (const { text } of commit.texts.filter(isShown)) {
      shown.set(text, (shown.get(text) ?? 0) + 1);
    }
  }
  let found = 0;
  for (const text of notes) {
    const left = shown.get(text) ?? 0;
    if (left > 0) found += 1;
    shown.set(text, left - 1);
  }
  return found;
}

export function checkResult(
  archive: { file?: ChainFile; findings: Finding[] } | undefined,
  { workshop, checksum, as_of, notes }: Result,
): ResultVerdict {
  const { file, findings } = archive ?? { findings: [] };
  const holds = (seq: number) =>
    file?.workshop === workshop && findings.every((finding) => finding.seq > seq);
  const sealed = file && sealedIn(file, checksum);
  if (sealed && holds(sealed.at)) {
    return { is: 'sealed', sitting: sealed.sitting, revision: sealed.revision };
  }
  if (!as_of) return { is: 'unnamed' };
  const { seq, chain } = as_of;
  if (!file) return { is: 'waiting', seq };
  if (!holds(seq) || file.commits[seq - 1]?.chain !== chain) return { is: 'other', seq };
  const [found, n] = [countHeld(file, seq, notes), notes.length];
  const short = file.seq === seq ? 'changed' : 'partly';
  return { is: found === n ? 'fits' : short, seq, found, n };
}
