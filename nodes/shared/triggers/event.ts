import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import { plainText } from '../model/html';
import type { CommonMessage } from '../model/message';
import type { Page, Pair } from '../model/pair';
import { recordAt, textOf } from '../model/values';
import { dollars, id, Invalid, list, text, toggle } from '../parameters/parsers';
import type { Parser } from '../parameters/parsers';

/** Whom an event is about, as far as it tells. */
export interface EventFan {
	id: string | null;
	name: string | null;
	username?: string | null;
	/** What the fan has ever paid this creator, in USD. */
	totalSpent?: number | null;
	/** When the creator last answered before this event, in ISO 8601 and UTC. */
	previousReplyAt?: string | null;
}

/** Something that happened in a creator's account, whoever tells of it. */
export interface ChatEvent {
	/** As the provider calls it. */
	name: string;
	accountId: string | null;
	chatId: string | null;
	fan: EventFan;
	/** The message that it is about, for events that carry a whole one, and who wrote it. */
	message?: IDataObject;
	direction?: NonNullable<CommonMessage['direction']>;
	/** Records that stand beside the message, by the name of their list. */
	included?: Page['included'];
	/** The message that it is about, for events that only name one. */
	messageId?: string;
	/** Whether it is a sale or a tip by its name, so also where its amount is not known. */
	isSale?: boolean;
	/** What the fan paid or is to pay, in USD, where the event tells. */
	price?: number | null;
	tipAmount?: number | null;
	/** The event's own content. */
	payload: IDataObject;
	/** The whole event as it came. */
	raw: IDataObject;
}

const anyDollars = dollars({ min: 0, max: 1_000_000 });

/** What the user wants to be told of. */
export interface EventFilters {
	isOnlyIncoming: boolean;
	isOnlyPaid: boolean;
	accounts: Set<string>;
	chats: Set<string>;
	/** In lower case. */
	words: string | undefined;
	/** In USD. */
	minTotalSpent: number;
}

/** The part of n8n's trigger contexts that reads a node's parameters. */
export interface ParameterSource {
	getNode(): INode;
	getNodeParameter(name: string, fallback?: unknown, options?: { extractValue: boolean }): unknown;
}

/**
 * Reads the filters of a trigger. Throws a NodeOperationError that names a field filled in wrongly.
 */
export function readFilters(context: ParameterSource): EventFilters {
	const filters = recordAt(context.getNodeParameter('filters', {}));
	const read = <T>(value: unknown, field: string, reader: Parser<T>): T | undefined => {
		const found = reader(value, field);
		if (!(found instanceof Invalid)) return found;
		throw new NodeOperationError(context.getNode(), found.problem, {
			description: "Change the field in 'Filters'.",
		});
	};
	const chats = read(filters.chatIds, 'Chat IDs', list(id('123456789'))) ?? [];
	// Only a chosen one is asked for: each question costs n8n an expression.
	const chat =
		filters.chat === undefined
			? undefined
			: read(
					context.getNodeParameter('filters.chat', '', { extractValue: true }),
					'Chat',
					id('123456789', /^\d+$/),
				);
	return {
		isOnlyIncoming: context.getNodeParameter('onlyIncoming', true) !== false,
		isOnlyPaid: read(filters.onlyPaid, 'Only Paid or Tips', toggle) ?? false,
		accounts: new Set(read(filters.accountIds, 'Account IDs', list(id('acct_a1b2c3')))),
		chats: new Set(chat === undefined ? chats : [...chats, chat]),
		words: read(filters.textContains, 'Text Contains', text)?.trim().toLowerCase(),
		minTotalSpent: read(filters.minTotalSpent, 'Minimum Total Spent (USD)', anyDollars) ?? 0,
	};
}

/**
 * Whether an event passes every filter; one that has no chat, text, money or total does not pass a
 * filter for it.
 */
export function isWanted(pair: Pair, event: ChatEvent, filters: EventFilters): boolean {
	const { accounts, chats, words, isOnlyIncoming, isOnlyPaid } = filters;
	if (isOnlyIncoming && event.direction === 'outgoing') return false;
	if (accounts.size > 0 && (event.accountId === null || !accounts.has(event.accountId))) {
		return false;
	}
	if (chats.size > 0 && (event.chatId === null || !chats.has(event.chatId))) return false;
	if (!hasSpent(event.fan, filters)) return false;
	if (words === undefined && !isOnlyPaid) return true;

	const message = commonMessage(pair, event);
	const written = message?.text ?? plainText(event.payload.text);
	if (words !== undefined && !written.toLowerCase().includes(words)) return false;
	return !isOnlyPaid || isAboutMoney(event, message);
}

/** Whether the fan has spent what the filter asks for; of one whose total is not told, no. */
export function hasSpent(
	{ totalSpent }: Pick<EventFan, 'totalSpent'>,
	{ minTotalSpent }: EventFilters,
): boolean {
	return (totalSpent ?? 0) >= minTotalSpent;
}

function isAboutMoney(
	{ isSale, price, tipAmount }: ChatEvent,
	message: CommonMessage | undefined,
): boolean {
	if (isSale === true || isTipOfUnknownAmount(message)) return true;
	return [message?.price, message?.tipAmount, price, tipAmount].some((amount) => (amount ?? 0) > 0);
}

/** On OnlyFans a tip's amount stands in its text alone, and may not be readable there. */
function isTipOfUnknownAmount(message: CommonMessage | undefined): boolean {
	return message?.tipAmount === null;
}

function commonMessage(
	pair: Pair,
	{ message, accountId, chatId, direction, included: included = {} }: ChatEvent,
): CommonMessage | undefined {
	return message && pair.simplify(message, { accountId, chatId, direction, included });
}

/**
 * An event as an item. Simplified: the common message, or for an event without one what it is
 * about and its content, and in both cases the account and the fan. Otherwise the event as it came.
 */
export function eventItem(pair: Pair, event: ChatEvent, isSimplified: boolean): INodeExecutionData {
	if (!isSimplified) return { json: event.raw };
	const { name, accountId, chatId, fan, messageId, price, tipAmount, payload } = event;
	const about = {
		event: name,
		accountId,
		fanId: fan.id,
		fanName: fan.name,
		fanUsername: fan.username ?? null,
		fanTotalSpent: fan.totalSpent ?? null,
		previousReplyAt: fan.previousReplyAt ?? null,
	};
	const message = commonMessage(pair, event);
	if (message !== undefined) return { json: { ...message, ...about } };
	return {
		json: {
			...about,
			chatId,
			...(messageId !== undefined && { messageId }),
			...(price !== undefined && { price }),
			...(tipAmount !== undefined && { tipAmount }),
			payload,
		},
	};
}

/** A person's name as people read it, or null. */
export function nameOf(...names: unknown[]): string | null {
	return names.map(textOf).find((name) => name !== undefined) ?? null;
}
