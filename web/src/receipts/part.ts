// The dialog with its words: they come after the page has chosen its language.
import { useLanguage, words } from '../messages/words.svelte.ts';
import Receipts from './Receipts.svelte';

await useLanguage(words.language);
export default Receipts;
