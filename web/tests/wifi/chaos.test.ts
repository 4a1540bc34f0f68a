// Goal R5, R8: whatever the Wi-Fi does, each note and word is saved once or was shown as not saved,
// and everybody ends with the server's state; the reconnect budget holds. Ten browsers with several
// tabs, in virtual time: `tests/long wifi` makes it longer; CHAOS_SEED and CHAOS_CUTS replay it.
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { Attempts } from '../../src/link/backoff.ts';
import { Channels } from '../../src/store/channels.ts';
import { Outgoing } from '../../src/store/outgoing.ts';
import { changeOf } from '../../src/text/changeSet.ts';
import { CoWriter } from '../../src/text/coWriter.ts';
import { play, type Audit } from './chaos.ts';
import type { Faults } from './model_server.ts';

const cuts_all = Number(process.env.CHAOS_CUTS ?? 600);
// Short runs: the room's text is still small, and a failing seed is soon replayed.
const cuts_each = 60;
const patience_ms = 120_000;
const first = Number(process.env.CHAOS_SEED ?? 20_261_125);

const told = ({ server, faults, ...figures }: Audit) =>
  `${JSON.stringify(figures)} ${server.resumed} resumed, ${server.snapshots} snapshots, ` +
  `${server.repeated} repeated${faults.map((fault) => `\n  ${fault}`).join('')}`;

const all = { cuts: 0, notes: 0, words: 0, lostUnsaved: 0, faults: 0 };
function count({ cuts, notes, words, lostUnsaved, faults }: Audit): void {
  all.cuts += cuts;
  all.notes += notes;
  all.words += words;
  all.lostUnsaved += lostUnsaved;
  all.faults += faults.length;
}

afterEach(() => vi.restoreAllMocks());
afterAll(() => console.log(`from seed ${first}: ${JSON.stringify(all)}`));

describe('ten people on bad Wi-Fi', { timeout: patience_ms }, () => {
  const seeds = Array.from({ length: Math.ceil(cuts_all / cuts_each) }, (_, i) => first + i);
  it.each(seeds)('R5 R8 seed %i: nothing lost, nothing twice, one state', async (seed) => {
    const audit = await play({ seed, cuts: cuts_each });
    count(audit);
    console.log(`${all.cuts} of ${cuts_all} cuts, seed ${seed}: ${told(audit)}`);
    expect(audit.faults).toEqual([]);
    // The weather was bad enough to mean something.
    const { server } = audit;
    const happened = [server.resumed, server.snapshots, audit.restarts];
    expect(Math.min(audit.notes, audit.words, audit.crashes, ...happened)).toBeGreaterThan(0);
  });
});

// Each planted fault must turn the audit red.
describe('the audit finds', { timeout: patience_ms }, () => {
  const red = async (what: RegExp, faults: Faults = {}, cuts = 50) => {
    const seen = [];
    for (let seed = first; seed < first + 12 && !what.test(seen.join('\n')); seed++) {
      seen.push(...(await play({ seed, cuts, faults })).faults);
    }
    expect(seen.join('\n')).toMatch(what);
  };

  it('command ids forgotten at a restart', () =>
    red(/stored 2 times/, { forgetsIdsAtRestart: true }));
  it('a resume off by one', () => red(/does not (show|fit)/, { resumeSkipsOne: true }));

  it('an outbox that forgets before ok', async () => {
    const done = Outgoing.prototype.do;
    vi.spyOn(Outgoing.prototype, 'do').mockImplementation(function (this: Outgoing, command) {
      const outcome = done.call(this, command);
      const { id } = this.pending.at(-1)!.entry;
      setTimeout(() => this.outbox.remove(id), 50);
      return outcome;
    });
    await red(/stored 0 times/);
  });

  it('a resend under a new id', async () => {
    const resend = Outgoing.prototype.resend;
    vi.spyOn(Outgoing.prototype, 'resend').mockImplementation(function (this: Outgoing) {
      for (const { entry } of this.pending) entry.command.id += 'x';
      resend.call(this);
    });
    await red(/stored [2-9] times|still wait/);
  });

  it('what a dead tab left, taken up by nobody', async () => {
    vi.spyOn(Outgoing.prototype, 'load').mockResolvedValue(undefined);
    await red(/stored 0 times/);
  });

  it('a gap that is folded over', async () => {
    const fold = Channels.prototype.fold;
    vi.spyOn(Channels.prototype, 'fold').mockImplementation(function (this: Channels, frame) {
      return fold.call(this, { ...frame, after: this.seq(frame.channel) });
    });
    await red(/does not show/);
  });

  it('an edit sent again as if it were new', async () => {
    vi.spyOn(CoWriter.prototype, 'disconnected').mockImplementation(function (this: CoWriter) {
      const { inFlight } = this.save();
      if (!inFlight) return;
      this.rejected(inFlight.counter, 'lost');
      this.edit(changeOf(this.text.length, [{ at: 0, cut: 0, text: ' ' }]));
    });
    await red(/is in the text [2-9] times/);
  });

  it('retries that know no budget', async () => {
    vi.spyOn(Attempts.prototype, 'failed').mockImplementation((now) => now + 200);
    await red(/broke its reconnect budget/, {}, 10);
  });
});
