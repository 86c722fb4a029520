import { sleep } from 'n8n-workflow';
import type { IHookFunctions, INodeProperties, IWebhookFunctions } from 'n8n-workflow';
import type { Pair } from '../../shared/model/pair';
import { numberOf, recordAt } from '../../shared/model/values';
import { optionsField } from '../../shared/parameters/fields';
import { bodyOrThrow, requestAtBaseUrl } from '../../shared/transport/request';
import type { HttpResponse } from '../../shared/transport/response';
import { deliveriesPath, failedEvents } from './failedDeliveries';
import { registrationOf } from './registered';

/** Milliseconds of a minute, an hour and a day. */
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long the provider keeps its log (docs/providers.md). */
const KEPT = 7 * DAY;

/**
 * How far before the last delivery a look goes back: the provider's own repeats take their time,
 * and its clock may be another.
 */
const MARGIN = HOUR;

/** After so long without a delivery, or after a look that came to nothing, it is time for a look. */
const PAUSE = 10 * MINUTE;

/** How many events are asked for at once; the others are left to the next look. */
const MAX_EVENTS = 1000;

/** How often, and with how many milliseconds between, a request is made that is not taken at once. */
const MAX_TRIES = 5;
const WAIT = 2000;

/** When n8n started. */
const STARTED = Date.now();

/** The option of the triggers that register themselves. */
export const catchUpField: INodeProperties = optionsField(undefined, [
	{
		displayName: 'Catch Up After Downtime',
		name: 'catchUp',
		type: 'boolean',
		default: false,
		description:
			'Whether to have events delivered again that failed while n8n was down, up to 7 days back. ' +
			'They come with the first event after n8n has started. Asking for them is free. ' +
			'OnlyFansAPI pauses a webhook after 20 failures in a row and keeps nothing of that time.',
	},
]);

/** How far a trigger has caught up in this process; times in milliseconds since 1970. */
interface Standing {
	/** When a look was last begun, by whatever n8n process. */
	lookedAt: number;
	/** What failed before is settled. Moves on with each delivery, once a look has succeeded. */
	settledTo: number;
	isSettled: boolean;
	isLooking: boolean;
}

const standings = new Map<string, Standing>();

/** What the trigger remembers of it in n8n's static data: of a webhook that is gone, nothing. */
export const CATCH_UP_DATA = ['caughtUpAt', 'caughtUpTo'];

const ownerOf = (context: IHookFunctions | IWebhookFunctions) =>
	`${context.getWorkflow().id}/${context.getNode().id}`;

/** A webhook that is gone has nothing to catch up on. */
export function forgetCatchUp(context: IHookFunctions): void {
	standings.delete(ownerOf(context));
}

/**
 * Looks for what the trigger has missed, where its option is on and it is time: at the first sign
 * of life after a start of n8n or a long silence. Call it when the trigger is found registered, and
 * with each genuine delivery, which proves that n8n can be reached again. Goes on in the
 * background; never throws.
 */
export function catchUp(context: IHookFunctions | IWebhookFunctions, pair: Pair): void {
	try {
		lookWhereDue(context, pair);
	} catch (error) {
		warn(context, error);
	}
}

function lookWhereDue(context: IHookFunctions | IWebhookFunctions, pair: Pair): void {
	// While a test listens there is a webhook of its own, which has missed nothing.
	if (context.getMode() === 'manual') return;
	if (recordAt(context.getNodeParameter('options', {})).catchUp !== true) return;
	const { webhookId, registeredAt = 0 } = registrationOf(context);
	if (webhookId === undefined) return;

	const data = context.getWorkflowStaticData('node');
	const saved = { at: numberOf(data.caughtUpAt) ?? 0, to: numberOf(data.caughtUpTo) ?? 0 };
	const standing = standings.get(ownerOf(context)) ?? {
		lookedAt: 0,
		settledTo: registeredAt,
		isSettled: false,
		isLooking: false,
	};
	standings.set(ownerOf(context), standing);
	standing.lookedAt = Math.max(standing.lookedAt, saved.at);
	standing.settledTo = Math.max(standing.settledTo, saved.to);

	const now = Date.now();
	const isSilent = now - Math.max(standing.lookedAt, standing.settledTo) >= PAUSE;
	if (!standing.isLooking && (standing.lookedAt < STARTED || isSilent)) {
		const from = Math.max(registeredAt, standing.settledTo - MARGIN, now - KEPT);
		Object.assign(standing, { lookedAt: now, isSettled: false, isLooking: true });
		// Another process that reads it leaves the look to this one.
		data.caughtUpAt = now;
		void redeliver(context, pair, webhookId, from).then((isSettled) => {
			Object.assign(standing, { isSettled, isLooking: false });
			if (isSettled) standing.settledTo = now;
		});
	} else if (standing.isSettled) {
		standing.settledTo = now;
	}
	// To the minute: most deliveries have nothing else to be written.
	if (standing.settledTo - saved.to >= MINUTE) data.caughtUpTo = standing.settledTo;
}

/**
 * Has the provider deliver again what failed since `from` (milliseconds since 1970). Whether
 * nothing is left to be asked for; never throws, n8n's log tells what went wrong.
 */
async function redeliver(
	context: IHookFunctions | IWebhookFunctions,
	pair: Pair,
	webhookId: string,
	from: number,
): Promise<boolean> {
	let asked = 0;
	try {
		const events = await failedEvents(context, pair, webhookId, from);
		for (const { deliveryId } of events.slice(0, MAX_EVENTS)) {
			const response = await askFor(context, pair, webhookId, deliveryId);
			// The provider has no such delivery any more, or nothing of it that could be repeated.
			if (response.statusCode === 404 || response.statusCode === 422) continue;
			await bodyOrThrow(context, pair, response);
			asked++;
		}
		return events.length <= MAX_EVENTS;
	} catch (error) {
		warn(context, error);
		return false;
	} finally {
		if (asked > 0) {
			context.logger.info(
				`'${context.getNode().name}' has ${asked} events delivered again that had failed`,
			);
		}
	}
}

function warn(context: IHookFunctions | IWebhookFunctions, error: unknown): void {
	const reason = error instanceof Error ? error.message : String(error);
	context.logger.warn(
		`'${context.getNode().name}' could not catch up on all that it missed, and tries again later: ` +
			reason,
	);
}

/**
 * Asks for one delivery. While the webhook pauses, or the provider has other things to do, it is
 * asked again for a moment: the delivery that ends a pause may be the one n8n is answering.
 */
async function askFor(
	context: IHookFunctions | IWebhookFunctions,
	pair: Pair,
	webhookId: string,
	deliveryId: string,
): Promise<HttpResponse> {
	for (let tries = 1; ; tries++) {
		const response = await requestAtBaseUrl(context, pair, {
			method: 'POST',
			url: `${deliveriesPath(webhookId)}/${encodeURIComponent(deliveryId)}/redeliver`,
		});
		const { statusCode } = response;
		const isLater = statusCode === 409 || statusCode === 429 || statusCode >= 500;
		if (!isLater || tries === MAX_TRIES) return response;
		await sleep(WAIT);
	}
}
