// What the console asks for beside the socket: links, search, copies, deletion.
import { request } from '../link/http.ts';
import type { Id } from '../store/model.ts';

const at = (workshop: Id, rest: string) => `/api/v1/workshops/${workshop}${rest}`;

export type Links = {
  code: string;
  join_link: string;
  room_links: { number: number; name: string; link: string }[];
};
export const readLinks = (workshop: Id) => request<Links>('GET', at(workshop, '/links'));
export const makeLink = (workshop: Id, kind: 'organiser' | 'projector') =>
  request<{ link: string }>('POST', at(workshop, '/links'), { for: kind });

export type Hit = {
  room: number;
  place: { task: number | null; question: number | null };
  note: Id | null;
  text: string;
};
export type Found = { rooms: number[]; hits: Hit[]; more: boolean };
export const search = (workshop: Id, text: string) =>
  request<Found>('GET', at(workshop, `/search?q=${encodeURIComponent(text)}`));

export const copyOf = (workshop: Id) =>
  request<Record<string, unknown>>('POST', at(workshop, '/copy'), {});
export const createWorkshop = (body: Record<string, unknown>) =>
  request<{ id: Id; code: string; workshop_link: string }>('POST', '/api/v1/workshops', body);
export const deleteForGood = (workshop: Id, title: string) =>
  request<unknown>('DELETE', at(workshop, ''), { confirm: title });

export const exportPath = (workshop: Id, format: string, names: boolean, sitting?: number) =>
  at(workshop, `/export.${format}?names=${names ? 1 : 0}${sitting ? `&sitting=${sitting}` : ''}`);

// The stored bytes of a closed sitting's revision, those its checksum is of.
export const revisionPath = (workshop: Id, sitting: number, revision: number) =>
  at(workshop, `/export.json?sitting=${sitting}&revision=${revision}`);
