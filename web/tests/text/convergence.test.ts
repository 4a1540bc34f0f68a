// However the network behaves: when all is quiet, every tab shows the server's text, nothing is
// unsaved, and no hash was ever wrong.
import { describe, expect, it } from 'vitest';
import { replacing } from '../../src/text/changeSet.ts';
import { CoWriter } from '../../src/text/coWriter.ts';
import { Simulation, type Tally } from './simulation.ts';

function expectOneText(simulation: Simulation): void {
  const { server, clients, options } = simulation;
  for (const { writer } of clients) {
    const name = `seed ${options.seed}, ${writer.writer}`;
    expect(writer.text, name).toBe(server.text);
    expect(writer.version, name).toBe(server.version);
    expect(writer.keptCopy, name).toBeNull();
  }
}

function runSeeds(clients: number, seeds: number, changesMax?: number): Tally {
  const sum: Tally = { accepted: 0, repeated: 0, snapshots: 0, rejected: 0, offline: 0, undone: 0 };
  for (let seed = 1; seed <= seeds; seed += 1) {
    const simulation = new Simulation({ seed, clients, steps: 4_000, changesMax });
    simulation.run();
    expectOneText(simulation);
    for (const key of Object.keys(sum) as (keyof Tally)[]) sum[key] += simulation.tally[key];
  }
  return sum;
}

describe('writers end with one text', () => {
  it.each([4, 8])('%i of them', { timeout: 120_000 }, (clients) => {
    const tally = runSeeds(clients, 40);
    // The network did what it is there for.
    expect(tally.accepted).toBeGreaterThan(2_000);
    expect(tally.repeated).toBeGreaterThan(100);
    expect(tally.offline).toBeGreaterThan(500);
    expect(tally.snapshots).toBeGreaterThan(100);
    expect(tally.undone).toBeGreaterThan(500);
    expect(tally.rejected).toBe(0);
  });

  it('8 of them on a server that soon forgets', { timeout: 120_000 }, () => {
    const tally = runSeeds(8, 40, 6);
    expect(tally.snapshots).toBeGreaterThan(400);
  });
});

// What each wrote is a word of its own, and nobody deletes: all of them must be there, once.
it('no word is lost or doubled by windows offline', () => {
  for (let seed = 1; seed <= 40; seed += 1) {
    const simulation = new Simulation({ seed, clients: 4, steps: 0, changesMax: 3, start: '' });
    const words: string[] = [];
    simulation.writeWords((writer: CoWriter, word: string) => {
      words.push(word);
      writer.edit(replacing(writer.text.length, writer.text.length, 0, word));
    });
    expectOneText(simulation);
    for (const word of words) {
      expect(simulation.server.text.split(word), `seed ${seed}, ${word}`).toHaveLength(2);
    }
    expect(simulation.server.text.length).toBe(words.join('').length);
  }
});
