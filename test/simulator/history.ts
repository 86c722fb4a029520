import type { Direction, MediaType, NewMessage, StoredMessage } from './types';

/** The time of every generated history's newest message. */
export const BASE_TIME = Date.UTC(2026, 8, 1, 12);
export const MINUTE = 60_000;

/** Texts that break careless handling: lines, markup, entities, emoji, non-ASCII letters. */
const TEXTS = [
	'Hey, how was your day?',
	'First line\nSecond line\n\nand one after a gap',
	'Is 3 < 5 & 7 > 2? "Yes", she said, it\'s true',
	'Love it 😍🔥 👩‍👩‍👧',
	'Typed as is: &amp; &lt;br&gt; <b>not bold</b>',
	'Café, naïve, żółć, 你好',
	'Look at https://example.com/?a=1&b=2#top',
	'Good night 🌙',
];
const TYPES: MediaType[] = ['photo', 'video', 'gif', 'audio'];
const PRICES = [4.99, 10, 25.5];
const TIPS = [5, 12.5, 100];

function pick<T>(list: readonly T[], index: number, otherwise: T): T {
	return list[index % list.length] ?? otherwise;
}

function generatedMedia(index: number): NewMessage['media'] {
	if (index % 5 !== 4) return [];
	const first = { type: pick(TYPES, Math.floor(index / 5), 'photo') };
	return index % 20 === 4 ? [first, { type: 'photo' }] : [first];
}

/** The n-th message of a generated history, the same at every call. */
function generatedMessage(index: number): NewMessage {
	const direction: Direction = index % 3 === 1 ? 'outgoing' : 'incoming';
	const media = generatedMedia(index) ?? [];
	const paid = direction === 'outgoing' && media.length > 0 && index % 2 === 0;
	const tipped = direction === 'incoming' && media.length === 0 && index % 11 === 6;
	return {
		direction,
		text: `${pick(TEXTS, index, '')} (${index + 1})`,
		media,
		price: paid ? pick(PRICES, Math.floor(index / 10), 5) : 0,
		tip: tipped ? pick(TIPS, index, 5) : 0,
	};
}

/** Adds `count` messages, oldest first, one minute apart, the newest at BASE_TIME. */
export function generateHistory(count: number, add: (message: NewMessage) => StoredMessage): void {
	let previous: StoredMessage | undefined;
	for (let index = 0; index < count; index++) {
		previous = add({
			...generatedMessage(index),
			createdAt: new Date(BASE_TIME - (count - 1 - index) * MINUTE),
			replyTo: index % 6 === 5 ? previous?.id : undefined,
		});
	}
}
