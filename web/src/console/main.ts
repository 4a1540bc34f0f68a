// The console's start: what the organiser sees and does across all rooms.
import { startPage } from '../ui/start.ts';
import Console from './Console.svelte';

void startPage(Console);
