import { randomBytes } from 'crypto';
import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, IHookFunctions, IHttpRequestOptions } from 'n8n-workflow';
import type { Pair } from '../../shared/model/pair';
import { idOf, recordAt, recordsAt } from '../../shared/model/values';
import { noAnswerError, unreadableError } from '../../shared/transport/errors';
import { bodyOrThrow, requestAtBaseUrl, requestBody } from '../../shared/transport/request';
import { isSuccess } from '../../shared/transport/response';
import type { HttpResponse } from '../../shared/transport/response';
import { keyHider } from '../../shared/transport/secrets';
import { refuseUnreachable } from '../../shared/triggers/publicAddress';
import { CATCH_UP_DATA, catchUp, forgetCatchUp } from './catchUp';
import { addressOf, newest, registrationOf, timeAfter } from './registered';
import type { Registered } from './registered';
import { isAsWanted, wantedWebhook } from './wantedWebhook';
import type { WantedWebhook } from './wantedWebhook';

/** A list of the accounts, and how to read the creators' own IDs out of it, by account. */
interface Creators {
	path: string;
	read(body: IDataObject): IDataObject;
}

const PATH = '/api/webhooks';

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
			catchUp(this, pair);
			return true;
		},

		async create(this: IHookFunctions): Promise<boolean> {
			await register(this, pair, creators);
			return true;
		},

		async delete(this: IHookFunctions): Promise<boolean> {
			const registered = registrationOf(this);
			if (registered.webhookId !== undefined) await remove(this, pair, registered.webhookId);
			newest.delete(addressOf(this));
			forgetCatchUp(this);
			const data = this.getWorkflowStaticData('node');
			for (const field of ['webhookId', 'signingSecret', 'creatorIds', ...CATCH_UP_DATA]) {
				delete data[field];
			}
			data.registeredAt = timeAfter(registered);
			return true;
		},
	};
}

/** Makes the webhook, and remembers it. Throws where it cannot be made or turned on. */
async function register(
	context: IHookFunctions,
	pair: Pair,
	creators: Creators | undefined,
): Promise<void> {
	const wanted = wantedWebhook(context);
	await refuseUnreachable(context, pair);
	const signingSecret = randomBytes(32).toString('hex');
	const creatorIds =
		creators === undefined
			? {}
			: creators.read(await requestBody(context, pair, { method: 'GET', url: creators.path }));

	const body = await requestBody(context, pair, {
		method: 'POST',
		url: PATH,
		body: { ...wanted, signing_secret: signingSecret },
	});
	const created = recordAt(body, 'data');
	const webhookId = idOf(created.id);
	if (webhookId === undefined) {
		throw unreadableError(
			context.getNode(),
			pair,
			{},
			{ statusCode: 200, headers: {}, body },
			await keyHider(context, pair),
		);
	}
	if (created.enabled !== true || created.has_signing_secret === false) {
		await enableNew(context, pair, webhookId, wanted);
	}
	const registered: Registered = {
		webhookId,
		signingSecret,
		creatorIds,
		registeredAt: timeAfter(registrationOf(context)),
	};
	Object.assign(context.getWorkflowStaticData('node'), registered);
	newest.set(addressOf(context), registered);
}

function isOutage({ statusCode, cause }: HttpResponse): boolean {
	return cause !== undefined || statusCode === 429 || statusCode >= 500;
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
	throw new NodeOperationError(context.getNode(), `${pair.provider} did not enable the webhook`, {
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
