import type { IDataObject } from 'n8n-workflow';
import type { CommonMessage } from './message';
import { isOlderId } from './values';

/** A message of a chat. One that went to many fans at once answers none of them. */
export interface ChatMessage {
	message: CommonMessage;
	isMassMessage: boolean;
}

/** Why there is nothing to answer. */
export type NothingToAnswer = 'alreadyAnswered' | 'fanWroteAgain' | 'nothingReceived';

/** What the next step of a workflow needs of a chat. Times in ISO 8601, UTC. */
export interface Conversation extends IDataObject {
	/** Whether the creator wrote last, mass messages left out. */
	isAnswered: boolean;
	newestMessageId: string | null;
	newestIncomingId: string | null;
	/** What the fan wrote since the creator last did. */
	unansweredCount: number;
	/** The same, joined line by line. */
	unansweredText: string;
	/** Oldest first. */
	messages: Array<{ role: 'user' | 'assistant'; content: string; createdAt: string | null }>;
	/** The messages as one text, for prompts. */
	transcript: string;
}

/** Whoever is not known to be the fan is the creator: nobody else writes in a chat. */
const isFromFan = ({ message }: ChatMessage): boolean => message.direction === 'incoming';

const isAnswer = (one: ChatMessage): boolean => !isFromFan(one) && !one.isMassMessage;

/** Whether the message is older than the ID, or newer; neither where one of them is no number. */
const isOlder = ({ message }: ChatMessage, id: string) => isOlderId(message.id ?? '', id) === true;
const isNewer = ({ message }: ChatMessage, id: string) => isOlderId(id, message.id ?? '') === true;

/**
 * Whether the message answers the one with this ID: it is the creator's, to this fan alone, and
 * newer. An ID of the creator's own message needs no answer either.
 */
export function isAnswerTo(one: ChatMessage, answeringId: string): boolean {
	return isAnswer(one) && (isNewer(one, answeringId) || one.message.id === answeringId);
}

/**
 * Messages as they were listed, newest first, in the order in which they were written. By their IDs
 * too: an old one may stand in front of a list, since it is pinned there.
 */
export function oldestFirst(listed: ChatMessage[]): ChatMessage[] {
	return listed.toReversed().sort((one, other) => {
		const id = other.message.id ?? '';
		return Number(isNewer(one, id)) - Number(isOlder(one, id));
	});
}

/** What the fan wrote since the creator last did; the messages come oldest first. */
function unansweredIn(messages: ChatMessage[]): ChatMessage[] {
	return messages.slice(messages.findLastIndex(isAnswer) + 1).filter(isFromFan);
}

/**
 * Why nothing is to be answered in a chat, or why not by whoever answers the message
 * `answeringId`; undefined where something is. The messages come oldest first.
 */
export function nothingToAnswer(
	messages: ChatMessage[],
	answeringId?: string,
): NothingToAnswer | undefined {
	if (answeringId === undefined) {
		if (unansweredIn(messages).length > 0) return undefined;
		return messages.some(isAnswer) ? 'alreadyAnswered' : 'nothingReceived';
	}
	if (messages.some((one) => isAnswerTo(one, answeringId))) return 'alreadyAnswered';
	return messages.some((one) => isFromFan(one) && isNewer(one, answeringId))
		? 'fanWroteAgain'
		: undefined;
}

/** Whether the message would be the newest of the chat, and is not among those that it shows. */
export function isYetToCome(messages: ChatMessage[], messageId: string): boolean {
	return messages.every((one) => isOlder(one, messageId));
}

/**
 * A chat for an AI model or for a person's rules, of messages that come oldest first. Of these the
 * newest `limit` are shown.
 */
export function conversationOf(messages: ChatMessage[], limit: number): Conversation {
	const unanswered = unansweredIn(messages);
	const turns = messages.slice(-limit).map((one) => ({ one, content: inWords(one.message) }));
	return {
		isAnswered: nothingToAnswer(messages) === 'alreadyAnswered',
		newestMessageId: messages.at(-1)?.message.id ?? null,
		newestIncomingId: messages.findLast(isFromFan)?.message.id ?? null,
		unansweredCount: unanswered.length,
		unansweredText: unanswered.map(({ message }) => inWords(message)).join('\n'),
		messages: turns.map(({ one, content }) => ({
			role: isFromFan(one) ? 'user' : 'assistant',
			content,
			createdAt: one.message.createdAt,
		})),
		// Further lines are indented: no line of a message can look like another message.
		transcript: turns
			.map(({ one, content }) => `${isFromFan(one) ? 'Fan' : 'Creator'}: ${indented(content)}`)
			.join('\n'),
	};
}

const indented = (text: string): string => text.replace(/\r\n|[\n\r\u2028\u2029]/g, '\n  ');

/**
 * A message as text: its own words, then in square brackets what else it holds. Brackets in its own
 * words become round, so that nobody can write a tip that was never given. Never empty: models
 * refuse a message without content.
 */
function inWords({ text, media, price, tipAmount }: CommonMessage): string {
	const notes = [
		filesInWords(media),
		price !== null && price > 0 ? `price ${dollars(price)}` : '',
		tipAmount === null ? 'tip' : tipAmount > 0 ? `tip of ${dollars(tipAmount)}` : '',
	].filter((note) => note !== '');
	const words = text.replaceAll('[', '(').replaceAll(']', ')');
	if (words.trim() === '' && notes.length === 0) return '[no text]';
	return [words, ...notes.map((note) => `[${note}]`)]
		.filter((part) => part.trim() !== '')
		.join(' ');
}

const NAMES = { photo: 'photo', video: 'video', gif: 'GIF', audio: 'audio file' };

/** Such as "2 photos, video". */
function filesInWords(media: CommonMessage['media']): string {
	const counts = new Map<string, number>();
	for (const { type } of media) {
		const name = type === null ? 'file' : NAMES[type];
		counts.set(name, (counts.get(name) ?? 0) + 1);
	}
	return [...counts].map(([name, count]) => (count === 1 ? name : `${count} ${name}s`)).join(', ');
}

const dollars = (amount: number): string =>
	`$${Number.isInteger(amount) ? amount : amount.toFixed(2)}`;
