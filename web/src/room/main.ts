// The room page's start.
import { startPage } from '../ui/start.ts';
import Room from './Room.svelte';

void startPage(Room);
