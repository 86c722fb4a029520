import { randomBytes } from 'crypto';
import { NodeOperationError } from 'n8n-workflow';
import type {
	IDataObject,
	IHookFunctions,
	IHttpRequestOptions,
	IWebhookFunctions,
} from 'n8n-workflow';
import type { Pair } from '../../shared/model/pair';
import { idOf, isRecord, numberOf, recordAt, recordsAt, textOf } from '../../shared/model/values';
import { id, Invalid, list, oneOf } from '../../shared/parameters/parsers';
import { isLoopback } from '../../shared/transport/baseUrl';
import { noAnswerError, unreadableError } from '../../shared/transport/errors';
import { bodyOrThrow, requestAtBaseUrl, requestBody } from '../../shared/transport/request';
import { isSuccess } from '../../shared/transport/response';
import type { HttpResponse } from '../../shared/transport/response';
import { keyHider } from '../../shared/transport/secrets';
import { readFilters } from '../../shared/triggers/event';

/** A webhook as OnlyFansAPI is asked for it. */
interface WantedWebhook extends IDataObject {
	endpoint_url: string;
	events: string[];
	account_scope: string;
	account_ids?: string[];
}

/**
 * What the node remembers of its own webhook, in n8n's static data; of one that is gone only the
 * time.
 */
interface Registered extends IDataObject {
	webhookId?: string;
	signingSecret?: string;
	creatorIds?: IDataObject;
	/** When it was made or deleted, in milliseconds: the newer one is the truth. */
	registeredAt?: number;
}

/** A list of the accounts, and how to read the creators' own IDs out of it, by account. */
interface Creators {
	path: string;
	read(body: IDataObject): IDataObject;
}

const PATH = '/api/webhooks';

/** The newest registrations that this process has made or read, by the webhook's address. */
const newest = new Map<string, Registered>();

function registeredIn({
	webhookId,
	signingSecret,
	creatorIds,
	registeredAt,
}: IDataObject): Registered {
	return {
		webhookId: textOf(webhookId),
		signingSecret: textOf(signingSecret),
		creatorIds: isRecord(creatorIds) ? creatorIds : undefined,
		// Earlier versions of the node kept no time.
		registeredAt: numberOf(registeredAt) ?? 0,
	};
}

const isNewer = (one: Registered, other: Registered): boolean =>
	(one.registeredAt ?? 0) > (other.registeredAt ?? 0);

/**
 * A time for what is registered now: newer than all that is known, also where the clocks of two n8n
 * processes differ.
 */
const timeAfter = ({ registeredAt = 0 }: Registered): number =>
	Math.max(Date.now(), registeredAt + 1);

const addressOf = (context: IHookFunctions | IWebhookFunctions): string =>
	context.getNodeWebhookUrl('default') ?? '';

/**
 * The node's registration, which it also sets right in the static data. A delivery that is under
 * way while a workflow is published anew saves its old copy of them, and another n8n process may
 * have registered the node anew since: of what is saved and what is known here the newer counts.
 */
function registrationOf(context: IHookFunctions | IWebhookFunctions): Registered {
	const data = context.getWorkflowStaticData('node');
	const saved = registeredIn(data);
	const known = newest.get(addressOf(context));
	if (known !== undefined && isNewer(known, saved)) {
		Object.assign(data, known);
		return known;
	}
	newest.set(addressOf(context), saved);
	return saved;
}

/** The secret that the node's webhook signs with; empty where it has none. */
export function signingSecretOf(context: IWebhookFunctions): string {
	// While a test listens there is a webhook of its own, which nobody else knows.
	const registered =
		context.getMode() === 'manual'
			? registeredIn(context.getWorkflowStaticData('node'))
			: registrationOf(context);
	return registered.signingSecret ?? '';
}

/**
 * How a trigger of OnlyFansAPI registers itself (docs/providers.md): a webhook of its own with a
 * random secret of its own, made when the workflow is activated or tested and deleted afterwards.
 * Only webhooks that call exactly this node's address are ever changed or deleted.
 *
 * `creators` is where the creators' own IDs stand, for platforms whose messages do not tell who is
 * who.
 */
export function registration(pair: Pair, creators?: Creators) {
	return {
		/** Whether the webhook is there as wanted; repairs it where that can be done. */
		async checkExists(this: IHookFunctions): Promise<boolean> {
			const wanted = wantedWebhook(this);
			const { webhookId, signingSecret } = registrationOf(this);
			const isKnown = webhookId !== undefined && signingSecret !== undefined;
			const response = await requestAtBaseUrl(this, pair, { method: 'GET', url: PATH });
			// A provider that cannot be asked right now is no reason to take a working trigger down.
			if (isKnown && isOutage(response)) return true;

			const webhooks = recordsAt(await bodyOrThrow(this, pair, response), 'data');
			const own = webhooks.filter(({ url }) => url === wanted.endpoint_url);
			const known = isKnown
				? own.find((webhook) => webhook.id === webhookId && webhook.has_signing_secret !== false)
				: undefined;
			// Left behind by an n8n that ended without deleting it: nobody knows its secret any more.
			for (const leftover of own) {
				if (leftover !== known) await remove(this, pair, idOf(leftover.id) ?? '');
			}
			if (known === undefined) return false;
			if (!isAsWanted(known, wanted)) await enable(this, pair, String(webhookId), wanted);
			return true;
		},

		async create(this: IHookFunctions): Promise<boolean> {
			const wanted = wantedWebhook(this);
			await refuseUnreachable(this, pair, wanted.endpoint_url);
			const signingSecret = randomBytes(32).toString('hex');
			const creatorIds =
				creators === undefined
					? {}
					: creators.read(await requestBody(this, pair, { method: 'GET', url: creators.path }));

			const body = await requestBody(this, pair, {
				method: 'POST',
				url: PATH,
				body: { ...wanted, signing_secret: signingSecret },
			});
			const created = recordAt(body, 'data');
			const webhookId = idOf(created.id);
			if (webhookId === undefined) {
				throw unreadableError(
					this.getNode(),
					pair,
					{},
					{ statusCode: 200, headers: {}, body },
					await keyHider(this, pair),
				);
			}
			if (created.enabled !== true || created.has_signing_secret === false) {
				await enableNew(this, pair, webhookId, wanted);
			}
			const registered: Registered = {
				webhookId,
				signingSecret,
				creatorIds,
				registeredAt: timeAfter(registrationOf(this)),
			};
			Object.assign(this.getWorkflowStaticData('node'), registered);
			newest.set(addressOf(this), registered);
			return true;
		},

		async delete(this: IHookFunctions): Promise<boolean> {
			const registered = registrationOf(this);
			if (registered.webhookId !== undefined) await remove(this, pair, registered.webhookId);
			newest.delete(addressOf(this));
			const data = this.getWorkflowStaticData('node');
			for (const field of ['webhookId', 'signingSecret', 'creatorIds']) delete data[field];
			data.registeredAt = timeAfter(registered);
			return true;
		},
	};
}

/**
 * The webhook that the node's fields ask for. Throws a NodeOperationError when they cannot be
 * meant.
 */
function wantedWebhook(context: IHookFunctions): WantedWebhook {
	const problem = (message: string, description: string) =>
		new NodeOperationError(context.getNode(), message, { description });
	const read = <T>(value: T | undefined | Invalid): T | undefined => {
		if (value instanceof Invalid) throw problem(value.problem, 'The webhook was not registered.');
		return value;
	};
	const endpointUrl = context.getNodeWebhookUrl('default');
	if (endpointUrl === undefined) {
		throw problem(
			'n8n has no address for this trigger',
			'Save the workflow, then activate it again.',
		);
	}

	const events =
		read(
			list(id('messages.received', /^[\w.-]+$/))(
				context.getNodeParameter('events', []),
				'Event Names or IDs',
			),
		) ?? [];
	if (events.length === 0) {
		throw problem('Choose at least one event', "The field 'Event Names or IDs' is empty.");
	}
	const { isOnlyIncoming } = readFilters(context);
	if (isOnlyIncoming && events.every((name) => name.endsWith('messages.sent'))) {
		throw problem(
			"With 'Only Incoming' on, this trigger would never start",
			"Turn 'Only Incoming' off to be told of messages that the account sends, or choose " +
				'another event.',
		);
	}

	const scope =
		read(
			oneOf(
				'global',
				'inclusive',
				'exclusive',
			)(context.getNodeParameter('accountScope', 'global'), 'Listen To'),
		) ?? 'global';
	if (scope === 'global') return { endpoint_url: endpointUrl, events, account_scope: scope };
	const accounts =
		read(
			list(id('acct_a1b2c3'))(context.getNodeParameter('accounts', []), 'Account Names or IDs'),
		) ?? [];
	if (accounts.length === 0) {
		throw problem('Choose at least one account', "The field 'Account Names or IDs' is empty.");
	}
	return { endpoint_url: endpointUrl, events, account_scope: scope, account_ids: accounts };
}

function isOutage({ statusCode, cause }: HttpResponse): boolean {
	return cause !== undefined || statusCode === 429 || statusCode >= 500;
}

function isSameSet(left: unknown, right: string[] = []): boolean {
	const texts = new Set(Array.isArray(left) ? left.map(String) : []);
	return texts.size === right.length && right.every((text) => texts.has(text));
}

/** Whether a webhook is as wanted; one whose scope the answer does not show is not known to be. */
function isAsWanted(webhook: IDataObject, wanted: WantedWebhook): boolean {
	return (
		webhook.enabled === true &&
		isSameSet(webhook.events, wanted.events) &&
		webhook.account_scope === wanted.account_scope &&
		(wanted.account_scope === 'global' || isSameSet(webhook.account_ids, wanted.account_ids))
	);
}

/** Sets a webhook to what is wanted, and on: a new one may be off. Throws where it stays off. */
async function enable(
	context: IHookFunctions,
	pair: Pair,
	webhookId: string,
	wanted: WantedWebhook,
): Promise<void> {
	const body = await requestBody(context, pair, {
		method: 'PUT',
		url: `${PATH}/${encodeURIComponent(webhookId)}`,
		body: { ...wanted, enabled: true },
	});
	const { enabled, has_signing_secret: isSigned } = recordAt(body, 'data');
	if (enabled !== false && isSigned !== false) return;
	throw new NodeOperationError(context.getNode(), `${pair.provider} did not turn the webhook on`, {
		description:
			`Look at it in the console at ${pair.console}, under Webhooks. It is turned off there, ` +
			'or has no signing secret.',
	});
}

/** The same for one that was just made, which is deleted again where it stays off. */
async function enableNew(
	context: IHookFunctions,
	pair: Pair,
	webhookId: string,
	wanted: WantedWebhook,
): Promise<void> {
	const failure = await enable(context, pair, webhookId, wanted).then(
		() => undefined,
		(error: unknown) => ({ error }),
	);
	if (failure === undefined) return;
	await remove(context, pair, webhookId);
	throw failure.error;
}

/** Deletes a webhook; one that is gone already is as good. */
async function remove(context: IHookFunctions, pair: Pair, webhookId: string): Promise<void> {
	const request: IHttpRequestOptions = {
		method: 'DELETE',
		url: `${PATH}/${encodeURIComponent(webhookId)}`,
	};
	const response = await requestAtBaseUrl(context, pair, request);
	if (isSuccess(response) || response.statusCode === 404) return;
	if (response.cause !== undefined) {
		throw noAnswerError(context.getNode(), pair, response.cause, {}, response.origin);
	}
	await bodyOrThrow(context, pair, response);
}

/** Refuses an address that no provider can call, unless the provider is on this machine too. */
async function refuseUnreachable(
	context: IHookFunctions,
	pair: Pair,
	endpointUrl: string,
): Promise<void> {
	const { baseUrl } = await context.getCredentials(pair.credential);
	if (!isLoopback(endpointUrl) || isLoopback(baseUrl)) return;
	throw new NodeOperationError(
		context.getNode(),
		`${pair.provider} cannot reach this n8n at ${new URL(endpointUrl).origin}`,
		{
			description:
				'A webhook needs a public address: set WEBHOOK_URL for n8n, or use the Polling ' +
				'Trigger, which needs none.',
		},
	);
}
