// The join page's start.
import { startPage } from '../ui/start.ts';
import Join from './Join.svelte';

void startPage(Join);
