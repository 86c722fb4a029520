import { NodeOperationError } from 'n8n-workflow';
import type { IDataObject, IHookFunctions } from 'n8n-workflow';
import { id, Invalid, list, oneOf } from '../../shared/parameters/parsers';
import { readFilters } from '../../shared/triggers/event';

/** A webhook as OnlyFansAPI is asked for it. */
export interface WantedWebhook extends IDataObject {
	endpoint_url: string;
	events: string[];
	account_scope: string;
	account_ids?: string[];
}

/**
 * The webhook that the node's fields ask for. Throws a NodeOperationError when they cannot be
 * meant.
 */
export function wantedWebhook(context: IHookFunctions): WantedWebhook {
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
			'Save the workflow, then publish it again.',
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
			"Turn 'Only Incoming' off to get the messages that the account sends, or choose another " +
				'event.',
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

function isSameSet(left: unknown, right: string[] = []): boolean {
	const texts = new Set(Array.isArray(left) ? left.map(String) : []);
	return texts.size === right.length && right.every((text) => texts.has(text));
}

/** Whether a webhook is as wanted; one whose scope the answer does not show is not known to be. */
export function isAsWanted(webhook: IDataObject, wanted: WantedWebhook): boolean {
	return (
		webhook.enabled === true &&
		isSameSet(webhook.events, wanted.events) &&
		webhook.account_scope === wanted.account_scope &&
		(wanted.account_scope === 'global' || isSameSet(webhook.account_ids, wanted.account_ids))
	);
}
