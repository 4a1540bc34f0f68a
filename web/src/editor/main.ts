// The editor's start: preparing a workshop and making it.
import { startPage } from '../ui/start.ts';
import Editor from './Editor.svelte';

void startPage(Editor);
