// Checks a chain file and receipts against it (SPEC RC2, RC4, RC5), offline and without trusting
// who gave the file. Pure; says the same as src/archive/receipts.cpp.
import {
  bytesOfHex,
  bytesOfId,
  fieldsOf,
  fitsChecksum,
  isCount,
  isHash,
  isId,
  isSalt,
  readStrictly,
} from './sealed_json.ts';
import { joined, sha256, toHex, utf8 } from './sha256.ts';

type ShownText = { salt: string; text: string };
type ChainText = ShownText | { hash: string } | { erased: string };
type OpenCommit = { header?: string; header_hash?: string; texts: ChainText[] };
export type ChainCommit = ({ digest: string } | OpenCommit) & { chain: string };
export type ChainFile = { workshop: string; seq: number; commits: ChainCommit[] };

export type Receipt = { workshop: string; seq: number; chain: string; text: string };
export type Verdict = 'unchanged' | 'erased' | 'not_shown' | 'not_found' | 'does_not_match';
// `seq` 0: the whole file.
export type Fault = 'unreadable' | 'checksum' | 'length' | 'commit' | 'erasure';
export type Finding = { fault: Fault; seq: number };

export const isShown = (text: ChainText): text is ShownText => 'text' in text;
export const isOpen = (commit: ChainCommit): commit is OpenCommit & { chain: string } =>
  'texts' in commit;

// --- reading
// ---------------------------------------------------------------------------------------

function isText(value: unknown): value is ChainText {
  const shown = fieldsOf(value, 'salt', 'text');
  if (shown) return isSalt(shown.salt) && typeof shown.text === 'string';
  const other = fieldsOf(value, 'hash') ?? fieldsOf(value, 'erased');
  return other !== undefined && isHash(other.hash ?? other.erased);
}

function isCommit(value: unknown): value is ChainCommit {
  const closed = fieldsOf(value, 'digest', 'chain');
  if (closed) return isHash(closed.digest) && isHash(closed.chain);
  const open =
    fieldsOf(value, 'header', 'texts', 'chain') ?? fieldsOf(value, 'header_hash', 'texts', 'chain');
  if (!open || !isHash(open.chain) || !Array.isArray(open.texts)) return false;
  if ('header' in open ? typeof open.header !== 'string' : !isHash(open.header_hash)) return false;
  return open.texts.every(isText);
}

export function readChainFile(bytes: Uint8Array): { file?: ChainFile; findings: Finding[] } {
  const read = fieldsOf(
    readStrictly(bytes),
    ...['chain_file', 'workshop', 'seq', 'commits', 'checksum'],
  );
  const { workshop, seq, commits, checksum } = read ?? {};
  const is_one =
    read?.chain_file === 1 &&
    isId(workshop) &&
    isCount(seq) &&
    Array.isArray(commits) &&
    commits.every(isCommit) &&
    isHash(checksum);
  if (!is_one) return { findings: [{ fault: 'unreadable', seq: 0 }] };
  const file = { workshop, seq, commits: commits as ChainCommit[] };
  const findings: Finding[] = fitsChecksum(bytes) ? [] : [{ fault: 'checksum', seq: 0 }];
  return { file, findings: [...findings, ...checkChain(file)] };
}

function isReceipt(value: unknown): value is Receipt {
  const read = fieldsOf(value, 'workshop', 'seq', 'chain', 'text');
  if (!read || !isId(read.workshop) || !isCount(read.seq)) return false;
  return isHash(read.chain) && typeof read.text === 'string';
}

// Nothing when the bytes are no receipts file, or were changed.
export function readReceipts(bytes: Uint8Array): Receipt[] | undefined {
  if (!fitsChecksum(bytes)) return undefined;
  const read = fieldsOf(readStrictly(bytes), 'receipts_file', 'receipts', 'checksum');
  if (read?.receipts_file !== 1 || !Array.isArray(read.receipts)) return undefined;
  return read.receipts.every(isReceipt) ? read.receipts : undefined;
}

// --- checking
// --------------------------------------------------------------------------------------

function hashOf(text: ChainText): Uint8Array {
  if (isShown(text)) return sha256(joined(bytesOfHex(text.salt), utf8(text.text)));
  return bytesOfHex('hash' in text ? text.hash : text.erased);
}

// D(n) of LG2, worked out from what is shown.
export function digestOf(commit: ChainCommit): Uint8Array {
  if (!isOpen(commit)) return bytesOfHex(commit.digest);
  const { header, header_hash = '' } = commit;
  const head = header === undefined ? bytesOfHex(header_hash) : sha256(utf8(header));
  return sha256(joined(head, ...commit.texts.map(hashOf)));
}

// By itself: what else is broken in the file does not matter to it.
function fits(file: ChainFile, index: number): boolean {
  const before = file.commits[index - 1];
  const previous = before ? bytesOfHex(before.chain) : sha256(bytesOfId(file.workshop));
  const commit = file.commits[index]!;
  return toHex(sha256(joined(previous, digestOf(commit)))) === commit.chain;
}

type ToldEvent = { event: string; sitting?: number; revision?: number; checksum?: string };

// The events of a commit whose header is shown.
export function toldIn(commit: ChainCommit): ToldEvent[] {
  if (!isOpen(commit) || commit.header === undefined) return [];
  try {
    const { events } = JSON.parse(commit.header) as { events?: unknown };
    return Array.isArray(events) ? events.filter((event) => event instanceof Object) : [];
  } catch {
    return [];
  }
}
const tellsOfErasure = (commit: ChainCommit): boolean =>
  toldIn(commit).some(({ event }) => event === 'erasure_finished');

const isErased = (commit: ChainCommit) =>
  isOpen(commit) && commit.texts.some((text) => 'erased' in text);

export function checkChain(file: ChainFile): Finding[] {
  const findings: Finding[] = [];
  if (file.seq !== file.commits.length) findings.push({ fault: 'length', seq: 0 });
  const last_erasure = file.commits.map(tellsOfErasure).lastIndexOf(true);
  file.commits.forEach((commit, index) => {
    if (!fits(file, index)) findings.push({ fault: 'commit', seq: index + 1 });
    if (index > last_erasure && isErased(commit)) {
      findings.push({ fault: 'erasure', seq: index + 1 });
    }
  });
  return findings;
}

export function checkReceipt(file: ChainFile, receipt: Receipt): Verdict {
  const commit = file.commits[receipt.seq - 1];
  if (receipt.workshop !== file.workshop || !commit) return 'not_found';
  if (commit.chain !== receipt.chain || !fits(file, receipt.seq - 1)) return 'does_not_match';
  if (!isOpen(commit)) return 'not_shown';
  const shown = commit.texts.filter(isShown);
  if (shown.some(({ text }) => text === receipt.text)) return 'unchanged';
  if (shown.length > 0) return 'does_not_match';
  return isErased(commit) ? 'erased' : 'not_shown';
}

export const isKept = (verdict: Verdict): boolean =>
  verdict !== 'not_found' && verdict !== 'does_not_match';
