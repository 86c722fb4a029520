import {
	addProblem,
	digits,
	isFields,
	listOf,
	oneOf,
	problemsOf,
	wholeBetween,
	yesOrNo,
} from './fields';
import type { Fields, Problems, Rule, Rules } from './fields';
import { answeredFree, checkQuery, offsetPage, refusal, refuseProblems } from './ofapi';
import type { OfapiContext } from './ofapi';
import type { Call, Reply, Route } from './provider';
import type { AccountScope, DeliveryRecord } from './types';
import { FANSLY_EVENTS, ONLYFANS_EVENTS } from './webhookEvents';
import { isReceiving, isWebAddress } from './webhooks';
import type { Webhook, WebhookTarget } from './webhooks';

const webAddress: Rule = (value) =>
	typeof value === 'string' && isWebAddress(value) ? undefined : 'must be a web address';

const knownEvent = oneOf(...Object.keys(ONLYFANS_EVENTS), ...Object.keys(FANSLY_EVENTS));

/** A webhook has events of one platform alone. */
const events: Rule = (value) => {
	const problem = listOf(knownEvent)(value);
	if (problem !== undefined || !Array.isArray(value)) return problem;
	if (value.length === 0) return 'must have at least one item';
	const fansly = value.filter((event) => Object.hasOwn(FANSLY_EVENTS, String(event)));
	return fansly.length === 0 || fansly.length === value.length
		? undefined
		: 'must not mix platforms';
};

const accountId: Rule = (value) =>
	typeof value === 'string' && value !== '' ? undefined : 'must be an account ID';

/** A field that may also be null. */
function orNull(rule: Rule): Rule {
	return (value) => (value === null ? undefined : rule(value));
}

const isoTime: Rule = (value) =>
	typeof value === 'string' && !Number.isNaN(Date.parse(value))
		? undefined
		: 'must be an ISO 8601 time';

const secret: Rule = (value) => (typeof value === 'string' ? undefined : 'must be a text or null');

const REQUIRED = { endpoint_url: undefined, events: undefined, account_scope: undefined };

const TARGET: Rules = {
	endpoint_url: webAddress,
	events,
	account_scope: oneOf('global', 'inclusive', 'exclusive'),
	account_ids: orNull(listOf(accountId)),
};

const CREATE_BODY: Rules = { ...TARGET, signing_secret: orNull(secret) };

/** A secret cannot be changed: the field has no meaning and is passed over. */
const UPDATE_BODY: Rules = { ...TARGET, enabled: orNull(yesOrNo), signing_secret: () => undefined };

const DELIVERIES_QUERY: Rules = {
	date_start: isoTime,
	date_end: isoTime,
	event: oneOf(...Object.keys(ONLYFANS_EVENTS), ...Object.keys(FANSLY_EVENTS), 'test-event'),
	succeeded: oneOf('true', 'false', '1', '0'),
	limit: wholeBetween(1, 100),
	offset: digits,
};

function bodyProblems(body: Fields, rules: Rules): Problems {
	const problems = problemsOf({ ...REQUIRED, ...body }, rules);
	const hasAccounts = Array.isArray(body.account_ids) && body.account_ids.length > 0;
	if (body.account_scope !== 'global' && !hasAccounts) {
		addProblem(problems, 'account_ids', 'is required unless the account_scope is global');
	}
	return problems;
}

function scopeOf(value: unknown): AccountScope {
	return value === 'inclusive' || value === 'exclusive' ? value : 'global';
}

function textsIn(value: unknown): string[] {
	return Array.isArray(value) ? value.map(String) : [];
}

/** What a checked body registers. */
function targetOf(body: Fields, enabled: boolean): WebhookTarget {
	return {
		url: String(body.endpoint_url),
		events: textsIn(body.events),
		enabled,
		accountScope: scopeOf(body.account_scope),
		accountIds: textsIn(body.account_ids),
	};
}

/** ISO 8601 in microseconds. */
function timeOf(iso: string): string {
	return iso.replace('Z', '000Z');
}

function eventRows(catalogue: Record<string, string>): Fields[] {
	return Object.entries(catalogue).map(([value, description]) => ({ value, description }));
}

/** An attempt as the log shows it; the kinds of errors are made up. */
function deliveryRow(record: DeliveryRecord): Fields {
	const { statusCode, succeeded, error } = record;
	const body: unknown = JSON.parse(record.body);
	return {
		id: record.id,
		delivery_uuid: record.deliveryUuid,
		event: record.event,
		attempt: record.attempt,
		succeeded,
		status_code: statusCode === 0 ? null : statusCode,
		error_type: succeeded ? null : statusCode === 0 ? 'connection' : 'http',
		error_message: succeeded ? null : (error ?? `The endpoint answered with status ${statusCode}.`),
		idempotency_key: record.idempotencyKey,
		url: record.url,
		payload: body,
		redelivered_from: record.redeliveredFrom,
		created_at: timeOf(new Date(record.deliveredAt).toISOString()),
	};
}

function passesQuery(
	record: DeliveryRecord,
	{ event, succeeded, date_start, date_end }: Call['query'],
): boolean {
	if (event !== undefined && event !== record.event) return false;
	if (succeeded !== undefined && record.succeeded !== (succeeded === 'true' || succeeded === '1')) {
		return false;
	}
	if (date_start !== undefined && record.deliveredAt < Date.parse(date_start)) return false;
	return date_end === undefined || record.deliveredAt <= Date.parse(date_end);
}

function notFound(what: string): Error {
	return refusal(404, { error: 'NOT_FOUND', message: `There is no such ${what} in this team.` });
}

/** OnlyFansAPI's webhooks of a team (OpenAPI files of 2026-08 and 2026-09). They cost no credits. */
export class OfapiWebhooks {
	constructor(private readonly context: OfapiContext) {}

	routes(): Route[] {
		const one = '/api/webhooks/:webhook';
		const deliveries = `${one}/deliveries`;
		return [
			{ method: 'get', path: '/api/webhooks/events', handle: (call) => this.listEvents(call) },
			{ method: 'get', path: '/api/webhooks', handle: (call) => this.list(call) },
			{ method: 'post', path: '/api/webhooks', handle: (call) => this.create(call) },
			{ method: 'get', path: one, handle: (call) => this.answeredWith(this.webhook(call)) },
			{ method: 'put', path: one, handle: (call) => this.update(call) },
			{ method: 'delete', path: one, handle: (call) => this.remove(call) },
			{ method: 'get', path: deliveries, handle: (call) => this.listDeliveries(call) },
			{
				method: 'post',
				path: `${deliveries}/:delivery/redeliver`,
				handle: (call) => this.redeliver(call),
			},
		];
	}

	private webhook({ webhook }: Call): Webhook {
		const found = this.context.webhooks.find('ofapi', webhook);
		if (found === undefined) throw notFound('webhook');
		return found;
	}

	private row(webhook: Webhook): Fields {
		const {
			id,
			url,
			events: names,
			secret: key,
			enabled,
			createdAt,
			accountScope,
			accountIds,
		} = webhook;
		return {
			id,
			url,
			events: names,
			has_signing_secret: key !== undefined,
			enabled,
			created_at: timeOf(createdAt),
			...(!this.context.quirks.webhooksHideScope && {
				account_scope: accountScope,
				account_ids: accountIds,
			}),
		};
	}

	private answeredWith(webhook: Webhook): Reply {
		return answeredFree(this.context, { data: this.row(webhook) });
	}

	private listEvents({ query }: Call): Reply {
		checkQuery(this.context, query, {});
		const hasFansly = this.context.world.accounts('ofapiFansly').length > 0;
		const rows = [...eventRows(ONLYFANS_EVENTS), ...(hasFansly ? eventRows(FANSLY_EVENTS) : [])];
		return answeredFree(this.context, { data: rows });
	}

	private list({ query }: Call): Reply {
		checkQuery(this.context, query, {});
		const rows = this.context.webhooks.of('ofapi').map((webhook) => this.row(webhook));
		return answeredFree(this.context, { data: rows });
	}

	private checkedBody(call: Call, rules: Rules): Fields {
		const body = isFields(call.body) ? call.body : {};
		refuseProblems(this.context, bodyProblems(body, rules));
		return body;
	}

	private create(call: Call): Reply {
		const body = this.checkedBody(call, CREATE_BODY);
		const key = body.signing_secret;
		const webhook = this.context.webhooks.add({
			...targetOf(body, this.context.quirks.webhooksStartEnabled),
			provider: 'ofapi',
			secret: typeof key === 'string' && key !== '' ? key : undefined,
			signatureHeader: 'Signature',
		});
		return this.answeredWith(webhook);
	}

	private update(call: Call): Reply {
		const webhook = this.webhook(call);
		const body = this.checkedBody(call, UPDATE_BODY);
		const enabled = typeof body.enabled === 'boolean' ? body.enabled : webhook.enabled;
		return this.answeredWith(Object.assign(webhook, targetOf(body, enabled)));
	}

	private remove(call: Call): Reply {
		this.context.webhooks.remove(this.webhook(call));
		return { status: 204, body: undefined, credits: 0 };
	}

	/** The newest attempt comes first. */
	private listDeliveries(call: Call): Reply {
		const { id } = this.webhook(call);
		const { quirks, deliveries } = this.context;
		checkQuery(this.context, call.query, DELIVERIES_QUERY);
		const records = deliveries.log.filter(
			(record) => record.webhookId === id && passesQuery(record, call.query),
		);
		const { rows } = offsetPage(quirks, call, records.reverse(), 25);
		return answeredFree(this.context, { data: rows.map(deliveryRow) });
	}

	private redeliver(call: Call): Reply {
		const webhook = this.webhook(call);
		const { deliveries } = this.context;
		const record = deliveries.log.find(
			({ id, webhookId }) => webhookId === webhook.id && String(id) === call.delivery,
		);
		if (record === undefined) throw notFound('delivery');
		if (!isReceiving(webhook)) {
			throw refusal(409, {
				error: 'WEBHOOK_NOT_ACTIVE',
				message: 'The webhook is disabled or cooling down.',
			});
		}
		const { uuid } = deliveries.redeliver(webhook, record);
		return answeredFree(this.context, {
			data: {
				redelivery_id: uuid,
				delivery_id: record.id,
				webhook_id: webhook.id,
				event: record.event,
				idempotency_key: record.idempotencyKey,
				url: webhook.url,
				queued_at: `${new Date().toISOString().slice(0, 19)}+00:00`,
			},
		});
	}
}
