import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import type { Pair } from '../model/pair';
import { idOf, isRecord, textOf } from '../model/values';
import { isFirstDelivery } from './deduplicate';
import { eventItem, isWanted, readFilters } from './event';
import type { ChatEvent } from './event';
import { isSignedWith } from './signature';

/** How a provider delivers its events. */
export interface EventDelivery {
	pair: Pair;
	/**
	 * What deliveries are signed with; undefined where the user set no secret and takes them
	 * unsigned.
	 */
	signing(context: IWebhookFunctions): Promise<{ header: string; secret: string } | undefined>;
	/** Whether a signed event is too old to be a delivery of today. */
	isStale?(body: IDataObject): boolean;
	/** Reads an event; undefined when the body is not one. */
	read(body: IDataObject, context: IWebhookFunctions): ChatEvent | undefined;
	/** What an event has in common with its repeats alone; undefined where it cannot be told. */
	repeatKey(event: ChatEvent, headers: Record<string, unknown>): string | undefined;
	/** Called for each genuine event, whatever comes of it; must return at once and never throw. */
	arrived?(context: IWebhookFunctions): void;
}

/**
 * The webhook function of a trigger. Answers 401 to a delivery whose signature is bad, missing or
 * stale and 400 to one that is no event, starts nothing for either; answers 200 and starts nothing
 * for events that are not wanted or came before. Waits for nobody, so that the answer is quick.
 */
export function receive(delivery: EventDelivery) {
	return async function (this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const rawBody = await rawBodyOf(this);
		const headers = this.getHeaderData();
		const signing = await delivery.signing(this);
		if (
			signing !== undefined &&
			!isSignedWith(signing.secret, rawBody, headers[signing.header.toLowerCase()])
		) {
			return refuse(this, 401, 'The signature is not valid');
		}
		const body = parse(rawBody);
		if (body !== undefined && delivery.isStale?.(body) === true) {
			return refuse(this, 401, 'The event is too old');
		}
		const event = body && delivery.read(body, this);
		const isWhole =
			event !== undefined && (event.message === undefined || idOf(event.message.id) !== undefined);
		if (!isWhole) return refuse(this, 400, 'This is not an event');

		delivery.arrived?.(this);

		const chosen = this.getNodeParameter('events', []);
		if (!Array.isArray(chosen) || !chosen.some((name) => name === event.name)) return {};
		if (!isWanted(delivery.pair, event, readFilters(this))) return {};
		const key = delivery.repeatKey(event, headers);
		// While a test listens there is nothing to remember: it takes one event and ends.
		if (key !== undefined && this.getMode() !== 'manual' && !isFirstDelivery(this, key)) return {};

		const isSimplified = this.getNodeParameter('simplify', true) !== false;
		return { workflowData: [[eventItem(delivery.pair, event, isSimplified)]] };
	};
}

/** The body as it arrived: a signature holds for these bytes alone. */
async function rawBodyOf(context: IWebhookFunctions): Promise<Buffer> {
	const request = context.getRequestObject();
	// n8n has read it already where it knows the content type.
	if ('readRawBody' in request && typeof request.readRawBody === 'function') {
		await request.readRawBody();
	}
	return 'rawBody' in request && Buffer.isBuffer(request.rawBody)
		? request.rawBody
		: Buffer.alloc(0);
}

function parse(rawBody: Buffer): IDataObject | undefined {
	const value = jsonIn(rawBody.toString('utf8'));
	return isRecord(value) ? value : undefined;
}

function jsonIn(body: string): unknown {
	try {
		return JSON.parse(body);
	} catch {
		// Not JSON: the caller answers that it is not an event.
		return undefined;
	}
}

function refuse(context: IWebhookFunctions, status: number, message: string): IWebhookResponseData {
	context.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}

/**
 * What an event has in common with its repeats: its name, its account and the ID of what it is
 * about.
 */
export function eventKey({ name, accountId }: ChatEvent, subjectId: unknown): string | undefined {
	const subject = typeof subjectId === 'number' ? String(subjectId) : textOf(subjectId);
	return subject === undefined ? undefined : `${name}/${accountId ?? ''}/${subject}`;
}
