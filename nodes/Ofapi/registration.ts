import { randomBytes } from 'crypto';
import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, IHookFunctions, IHttpRequestOptions, IWebhookFunctions } from 'n8n-workflow';
import type { Answer } from '../shared/answer';
import { Refusal, id, list, oneOf } from '../shared/check';
import { noAnswerError, unreadableError } from '../shared/errors';
import { readFilters } from '../shared/event';
import type { Pair } from '../shared/pair';
import { ask, call, isLoopback, isSuccess, judge } from '../shared/request';
import { keyHider } from '../shared/secrets';
import { idOf, recordAt, recordsAt, textOf } from '../shared/values';

/** A webhook as OnlyFansAPI is asked for it. */
interface WantedWebhook extends IDataObject {
	endpoint_url: string;
	events: string[];
	account_scope: string;
	account_ids?: string[];
}

/** What the node remembers of its own webhook, in n8n's static data. */
interface Registered {
	webhookId?: string;
	signingSecret?: string;
}

/** A list of the accounts, and how to read the creators' own IDs out of it, by account. */
interface Creators {
	path: string;
	read(body: IDataObject): IDataObject;
}

const PATH = '/api/webhooks';

/**
 * The registrations that this process has made, by workflow and node. A delivery that is under way
 * while a workflow is published anew saves its old copy of the static data, and with it the old
 * secret: what stands here is the truth.
 */
const made = new Map<string, IDataObject>();

const ownerOf = (context: IHookFunctions | IWebhookFunctions): string => `${context.getWorkflow().id}/${context.getNode().id}`;

/** The secret that the node's webhook signs with; empty where it has none. */
export function signingSecretOf(context: IWebhookFunctions): string {
	const registered = context.getWorkflowStaticData('node');
	const current = context.getMode() === 'manual' ? undefined : made.get(ownerOf(context));
	if (current !== undefined && current.signingSecret !== registered.signingSecret) Object.assign(registered, current);
	return textOf(registered.signingSecret) ?? '';
}

/**
 * How a trigger of OnlyFansAPI registers itself (docs/providers.md): a webhook of its own with a
 * random secret of its own, made when the workflow is activated or tested and deleted afterwards.
 * Only webhooks that call exactly this node's address are ever changed or deleted.
 *
 * `creators` is where the creators' own IDs stand, for platforms whose messages do not tell who is who.
 */
export function registration(pair: Pair, creators?: Creators) {
	return {
		/** Whether the webhook is there as wanted; repairs it where that can be done. */
		async checkExists(this: IHookFunctions): Promise<boolean> {
			const wanted = wantedWebhook(this);
			const { webhookId, signingSecret }: Registered = this.getWorkflowStaticData('node');
			const isKnown = webhookId !== undefined && signingSecret !== undefined;
			const answer = await ask(this, pair, { method: 'GET', url: PATH });
			// A provider that cannot be asked right now is no reason to take a working trigger down.
			if (isKnown && isOutage(answer)) return true;

			const webhooks = recordsAt(await judge(this, pair, answer), 'data');
			const own = webhooks.filter(({ url }) => url === wanted.endpoint_url);
			const known = isKnown ? own.find((webhook) => webhook.id === webhookId && webhook.has_signing_secret !== false) : undefined;
			// Left behind by an n8n that ended without deleting it: nobody knows its secret any more.
			for (const leftover of own) if (leftover !== known) await remove(this, pair, idOf(leftover.id) ?? '');
			if (known === undefined) return false;
			if (!isAsWanted(known, wanted)) await enable(this, pair, String(webhookId), wanted);
			return true;
		},

		async create(this: IHookFunctions): Promise<boolean> {
			const wanted = wantedWebhook(this);
			await refuseUnreachable(this, pair, wanted.endpoint_url);
			const signingSecret = randomBytes(32).toString('hex');
			const creatorIds = creators === undefined ? {} : creators.read(await call(this, pair, { method: 'GET', url: creators.path }));

			const body = await call(this, pair, { method: 'POST', url: PATH, body: { ...wanted, signing_secret: signingSecret } });
			const created = recordAt(body, 'data');
			const webhookId = idOf(created.id);
			if (webhookId === undefined) throw unreadableError(this.getNode(), pair, { statusCode: 200, headers: {}, body }, {}, await keyHider(this, pair));
			if (created.enabled !== true || created.has_signing_secret === false) await enableNew(this, pair, webhookId, wanted);
			const registered = { webhookId, signingSecret, creatorIds };
			Object.assign(this.getWorkflowStaticData('node'), registered);
			if (this.getMode() !== 'manual') made.set(ownerOf(this), registered);
			return true;
		},

		async delete(this: IHookFunctions): Promise<boolean> {
			const registered = this.getWorkflowStaticData('node');
			const webhookId = textOf(registered.webhookId);
			if (webhookId !== undefined) await remove(this, pair, webhookId);
			// Of a test the webhook is deleted in another mode than it was made in.
			if (made.get(ownerOf(this))?.webhookId === webhookId) made.delete(ownerOf(this));
			delete registered.webhookId;
			delete registered.signingSecret;
			return true;
		},
	};
}

/** The webhook that the node's fields ask for. Throws a NodeOperationError when they cannot be meant. */
function wantedWebhook(context: IHookFunctions): WantedWebhook {
	const problem = (message: string, description: string) => new NodeOperationError(context.getNode(), message, { description });
	const read = <T>(value: T | undefined | Refusal): T | undefined => {
		if (value instanceof Refusal) throw problem(value.problem, 'The webhook was not registered.');
		return value;
	};
	const endpointUrl = context.getNodeWebhookUrl('default');
	if (endpointUrl === undefined) throw problem('n8n has no address for this trigger', 'Save the workflow, then activate it again.');

	const events = read(list(id('messages.received', /^[\w.-]+$/))(context.getNodeParameter('events', []), 'Event Names or IDs')) ?? [];
	if (events.length === 0) throw problem('Choose at least one event', "The field 'Event Names or IDs' is empty.");
	const { isOnlyIncoming } = readFilters(context);
	if (isOnlyIncoming && events.every((name) => name.endsWith('messages.sent'))) {
		throw problem("With 'Only Incoming' on, this trigger would never start", "Turn 'Only Incoming' off to be told of messages that the account sends, or choose another event.");
	}

	const scope = read(oneOf('global', 'inclusive', 'exclusive')(context.getNodeParameter('accountScope', 'global'), 'Listen To')) ?? 'global';
	if (scope === 'global') return { endpoint_url: endpointUrl, events, account_scope: scope };
	const accounts = read(list(id('acct_a1b2c3'))(context.getNodeParameter('accounts', []), 'Account Names or IDs')) ?? [];
	if (accounts.length === 0) throw problem('Choose at least one account', "The field 'Account Names or IDs' is empty.");
	return { endpoint_url: endpointUrl, events, account_scope: scope, account_ids: accounts };
}

function isOutage({ statusCode, cause }: Answer): boolean {
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
async function enable(context: IHookFunctions, pair: Pair, webhookId: string, wanted: WantedWebhook): Promise<void> {
	const body = await call(context, pair, { method: 'PUT', url: `${PATH}/${encodeURIComponent(webhookId)}`, body: { ...wanted, enabled: true } });
	const { enabled, has_signing_secret: isSigned } = recordAt(body, 'data');
	if (enabled !== false && isSigned !== false) return;
	throw new NodeOperationError(context.getNode(), `${pair.provider} did not turn the webhook on`, {
		description: `Look at it in the console at ${pair.console}, under Webhooks. It is turned off there, or has no signing secret.`,
	});
}

/** The same for one that was just made, which is deleted again where it stays off. */
async function enableNew(context: IHookFunctions, pair: Pair, webhookId: string, wanted: WantedWebhook): Promise<void> {
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
	const request: IHttpRequestOptions = { method: 'DELETE', url: `${PATH}/${encodeURIComponent(webhookId)}` };
	const answer = await ask(context, pair, request);
	if (isSuccess(answer) || answer.statusCode === 404) return;
	if (answer.cause !== undefined) throw noAnswerError(context.getNode(), pair, answer.cause, {}, answer.origin);
	await judge(context, pair, answer);
}

/** Refuses an address that no provider can call, unless the provider is on this machine too. */
async function refuseUnreachable(context: IHookFunctions, pair: Pair, endpointUrl: string): Promise<void> {
	const { baseUrl } = await context.getCredentials(pair.credential);
	if (!isLoopback(endpointUrl) || isLoopback(baseUrl)) return;
	throw new NodeOperationError(context.getNode(), `${pair.provider} cannot reach this n8n at ${new URL(endpointUrl).origin}`, {
		description: 'A webhook needs a public address: set WEBHOOK_URL for n8n, or use the Polling Trigger, which needs none.',
	});
}
