// Which workshop and seat this page is for: from a link's fragment (whose secret becomes a cookie
// and leaves the address bar), else from what this tab or this browser remembers.
import { openSession } from '../link/http.ts';
import { keepPlace, keptPlaces } from '../store/place.ts';

export type Arrival = { workshop: string; seat?: string };
const tabKey = 'rundbord.here';

// `#<workshop>.<secret>`
export function readFragment(hash: string): { workshop: string; secret: string } | undefined {
  const match = /^#?([\w-]{22})[./:]([\w-]{20,})$/.exec(hash);
  return match ? { workshop: match[1], secret: match[2] } : undefined;
}

export async function arrive(): Promise<Arrival | undefined> {
  const link = readFragment(location.hash);
  const place = link ? await fromLink(link) : fromMemory();
  if (place) remember(place);
  return place;
}

async function fromLink(link: { workshop: string; secret: string }): Promise<Arrival | undefined> {
  history.replaceState(null, '', location.pathname + location.search);
  const answer = await openSession(link.workshop, link.secret);
  if (!answer.ok && answer.problem.code !== 'offline') return undefined;
  const seat = answer.ok ? answer.body.seats[0] : undefined;
  const known = keptPlaces().find((kept) => kept.workshop === link.workshop);
  if (answer.ok)
    keepPlace({ title: '', ...known, workshop: link.workshop, seat: seat ?? known?.seat });
  return { workshop: link.workshop, seat };
}

function fromMemory(): Arrival | undefined {
  try {
    const here = JSON.parse(sessionStorage.getItem(tabKey) ?? 'null');
    if (here?.workshop) return here;
  } catch {
    // Storage refused or foreign: the browser's own list is asked instead.
  }
  const newest = keptPlaces()[0];
  return newest && { workshop: newest.workshop, seat: newest.seat };
}

function remember(place: Arrival): void {
  try {
    sessionStorage.setItem(tabKey, JSON.stringify(place));
  } catch {
    // The next load asks the browser's list.
  }
}
