// The page that checks receipts: one file, no requests, works from a disk and on plain http.
import { startPage } from '../ui/start.ts';
import Verify from './Verify.svelte';

void startPage(Verify);
