// The projector's start: what the plenary looks at together.
import { startPage } from '../ui/start.ts';
import Projector from './Projector.svelte';

void startPage(Projector);
