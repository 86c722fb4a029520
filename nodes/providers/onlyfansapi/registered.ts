import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { isRecord, numberOf, textOf } from '../../shared/model/values';

/**
 * What the node remembers of its own webhook, in n8n's static data; of one that is gone only the
 * time.
 */
export interface Registered extends IDataObject {
	webhookId?: string;
	signingSecret?: string;
	creatorIds?: IDataObject;
	/** When it was made or deleted, in milliseconds: the newer one is the truth. */
	registeredAt?: number;
}

/** The newest registrations that this process has made or read, by the webhook's address. */
export const newest = new Map<string, Registered>();

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
export const timeAfter = ({ registeredAt = 0 }: Registered): number =>
	Math.max(Date.now(), registeredAt + 1);

export const addressOf = (context: IHookFunctions | IWebhookFunctions): string =>
	context.getNodeWebhookUrl('default') ?? '';

/**
 * The node's registration, which it also sets right in the static data. A delivery that is under
 * way while a workflow is published anew saves its old copy of them, and another n8n process may
 * have registered the node anew since: of what is saved and what is known here the newer counts.
 */
export function registrationOf(context: IHookFunctions | IWebhookFunctions): Registered {
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
