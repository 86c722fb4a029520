import { addProblem, textIn } from './fields';
import type { Fields, Problems } from './fields';

/** A made-up word of each level, and the settings that block it. */
const BANNED_WORDS: Record<string, string[]> = {
	strict_ban: ['bannedword', 'riskyword', 'softword'],
	risky: ['riskyword', 'softword'],
	replace_soften: ['softword'],
};

/** What `blockBannedWords` finds in a body's `text`: the message is refused, never rewritten. */
export function screenWords(body: Fields, problems: Problems): void {
	const text = textIn(body, 'text').toLowerCase();
	const found = (BANNED_WORDS[textIn(body, 'blockBannedWords')] ?? []).filter((word) =>
		text.includes(word),
	);
	if (found.length > 0) addProblem(problems, 'text', `holds banned words: ${found.join(', ')}`);
}
