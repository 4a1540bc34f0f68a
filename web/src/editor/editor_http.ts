// What the editor asks of the server.
import { request } from '../link/http.ts';
import type { Id, LocalText } from '../store/model.ts';
import type { Source } from './draft.ts';
import type { Wish } from './send.ts';

export type Template = Source & { id: string; languages: string[]; description: LocalText };
export type RoomLink = { number: number; name: string; link: string };
export type Made = {
  id: Id;
  code: string;
  workshop_link: string;
  projector_link: string;
  join_link: string;
  room_links: RoomLink[];
};

// The server link's secret becomes a cookie and stands in no address after that.
export const openServer = (secret: string) =>
  request<{ server: boolean }>('POST', '/api/v1/sessions', { secret });
export const readTemplates = () => request<Template[]>('GET', '/api/v1/templates');
export const createWorkshop = (wish: Wish) => request<Made>('POST', '/api/v1/workshops', wish);
