// What the page makes of the files it was given: one archive at most, and all receipts. Pure.
import {
  checkReceipt,
  readChainFile,
  readReceipts,
  type ChainFile,
  type Finding,
  type Receipt,
  type Verdict,
} from './chain.ts';
import { checkResult, readResult, type Result, type ResultVerdict } from './result.ts';

export type Given = { name: string; bytes: Uint8Array };
export type Known = {
  archive?: { name: string; file?: ChainFile; findings: Finding[] };
  receipts: Receipt[];
  results: (Result & { name: string })[];
  // Files that are neither, and receipts that were changed.
  unknown: string[];
  damaged: string[];
};
export const nothing: Known = { receipts: [], results: [], unknown: [], damaged: [] };

const startsWith = (bytes: Uint8Array, start: string) =>
  new TextDecoder().decode(bytes.subarray(0, start.length)) === start;

// A newer archive replaces the one before; receipts are added to those there are.
export function take(known: Known, { name, bytes }: Given): Known {
  if (startsWith(bytes, '{"chain_file"')) {
    return { ...known, archive: { name, ...readChainFile(bytes) } };
  }
  if (startsWith(bytes, '{"workshop"')) {
    const result = readResult(bytes);
    if (!result) return { ...known, damaged: [...known.damaged, name] };
    return { ...known, results: [...known.results, { ...result, name }] };
  }
  if (!startsWith(bytes, '{"receipts_file"')) {
    return { ...known, unknown: [...known.unknown, name] };
  }
  const receipts = readReceipts(bytes);
  if (!receipts) return { ...known, damaged: [...known.damaged, name] };
  return { ...known, receipts: [...known.receipts, ...receipts] };
}

export type CheckedResult = { name: string; verdict: ResultVerdict };

export const checkedResults = ({ archive, results }: Known): CheckedResult[] =>
  results.map((result) => ({ name: result.name, verdict: checkResult(archive, result) }));

export type Checked = Receipt & { verdict: Verdict };

export function checked({ archive, receipts }: Known): Checked[] {
  const { file } = archive ?? {};
  if (!file) return [];
  return receipts.map((receipt) => ({ ...receipt, verdict: checkReceipt(file, receipt) }));
}
