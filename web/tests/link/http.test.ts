// Goal: what a server or a proxy asks for in Retry-After is understood in both its forms.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ticketFor } from '../../src/link/http.ts';

const refused = (header: string) =>
  vi.stubGlobal('fetch', async () => {
    const headers = { 'Retry-After': header };
    return new Response('{"code":"busy"}', { status: 503, headers });
  });
async function retryMs(header: string) {
  refused(header);
  const answer = await ticketFor('w', 'seats');
  return answer.ok ? undefined : answer.problem.retryMs;
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('Retry-After', () => {
  it('may be seconds', async () => expect(await retryMs('7')).toBe(7_000));
  it('may be a time of day', async () => {
    vi.useFakeTimers({ now: Date.parse('2026-11-25T12:00:00Z') });
    expect(await retryMs('Wed, 25 Nov 2026 12:00:30 GMT')).toBe(30_000);
  });
  it.each(['', '0', 'soon', 'Wed, 25 Nov 2020 12:00:00 GMT'])('may say nothing: %s', async (none) =>
    expect(await retryMs(none)).toBeUndefined(),
  );
});
