import type { IDataObject, IExecuteSingleFunctions } from 'n8n-workflow';
import type { CommonMedia } from '../model/message';
import { idOf } from '../model/values';
import { itemCount, perRun } from '../operation/run';
import type { OwnError } from '../transport/request';

/** What became of one item's message, remembered over the tries of Retry On Fail. */
export interface Delivery {
	/** Made with the first request and the same at every try, so that a repeated one is known by it. */
	key?: string;
	/** When the first request left, in milliseconds since 1970; undefined while none has. */
	startedAt?: number;
	/** The sending, while it is under way. */
	sending?: Promise<IDataObject>;
	/** The provider's message, once it is known to be sent. */
	sent?: IDataObject;
	/** How that is known, where it is not by the answer. */
	note?: string;
	/** Somebody else's message that answers the fan's already, so that none was sent. */
	answer?: IDataObject;
	/** Whether nobody knows what became of it. */
	isUnknown?: boolean;
	/** Whether a paid message was seen to be locked, or not to be. */
	isChecked?: boolean;
	/** The files of a paid message as that check saw them. */
	seenMedia?: CommonMedia[];
	/** What is wrong with the message although it was sent: a new error at every try. */
	problem?: () => OwnError;
	/** The files of the input that were uploaded for it. */
	uploadedMediaIds?: string[];
}

/** What became of the message of each item. */
const deliveriesOf = perRun(() => new Map<number, Delivery>());

/** What became of this item's message so far. */
export function deliveryOf(context: IExecuteSingleFunctions): Delivery {
	const deliveries = deliveriesOf(context);
	const delivery: Delivery = deliveries.get(context.getItemIndex()) ?? {};
	deliveries.set(context.getItemIndex(), delivery);
	return delivery;
}

/** The items of a run by what became of them. */
function outcomes(
	deliveries: Map<number, Delivery>,
	items: number,
): {
	sent: Array<{ item: number; messageId: string | null }>;
	unknown: number[];
	notSent: number[];
} {
	const all = Array.from({ length: items }, (_, item) => ({
		item,
		delivery: deliveries.get(item),
	}));
	return {
		sent: all
			.filter(({ delivery }) => delivery?.sent !== undefined)
			.map(({ item, delivery }) => ({ item, messageId: idOf(delivery?.sent?.id) ?? null })),
		unknown: all
			.filter(({ delivery }) => delivery?.sent === undefined && delivery?.isUnknown === true)
			.map(({ item }) => item),
		notSent: all
			.filter(
				({ delivery }) => delivery?.sent === undefined && !delivery?.answer && !delivery?.isUnknown,
			)
			.map(({ item }) => item),
	};
}

/** `0–4, 7` from a growing list of item numbers. */
function ranges(items: number[]): string {
	const parts: Array<[first: number, last: number]> = [];
	for (const item of items) {
		const part = parts.at(-1);
		if (part !== undefined && part[1] === item - 1) part[1] = item;
		else parts.push([item, item]);
	}
	return parts
		.map(([first, last]) => (first === last ? String(first) : `${first}–${last}`))
		.join(', ');
}

/**
 * Adds to an error what a person has to know before running again: which items were sent, and which
 * were not.
 */
export function addOutcomes(context: IExecuteSingleFunctions, error: OwnError): void {
	const items = itemCount(context);
	const delivery = outcomes(deliveriesOf(context), items);
	error.context.delivery = delivery;
	if (items === 1) return;
	const { unknown, notSent } = delivery;
	const sent = delivery.sent.map(({ item }) => item);
	// What holds for the one item does not hold for all.
	const said =
		sent.length + unknown.length > 0
			? error.description?.replace(/Nothing was (?=sent|done)/, 'For this item nothing was ')
			: error.description;
	const lists = [
		said,
		`Sent: ${sent.length === 0 ? 'none' : `items ${ranges(sent)}`}.`,
		unknown.length === 0 ? '' : `Not known: items ${ranges(unknown)}.`,
		notSent.length === 0 ? '' : `Not sent: items ${ranges(notSent)}.`,
	];
	error.description = lists.filter(Boolean).join(' ');
}
