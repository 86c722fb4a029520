import type {
	IDataObject,
	IExecuteSingleFunctions,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { idOf, isRecord, numberOf, recordAt, textOf } from '../../shared/model/values';
import { parameterOf } from '../../shared/operation/parameter';
import type { RequestRules } from '../../shared/operation/validate';
import { id, Invalid, time } from '../../shared/parameters/parsers';
import type { Validation } from '../../shared/parameters/validation';
import { foundEntries } from './entries';
import { withZone } from './fields';
import { fanslyTime } from './values';

/** Messages of Fansly that go to many fans at once, and the time that they are to go out. */

/** A mass message in a URL. */
export const massMessageInPath: RequestRules['path'] = {
	message: ['Message ID', 'messageId', id('400000000000000003', /^\d+$/)],
};

/**
 * The scheduled mass messages of an answer, each with the group of people that it goes to:
 * `payload` holds both lists.
 */
export function massMessageEntries(payload: unknown): IDataObject[] | undefined {
	if (!isRecord(payload)) return foundEntries(payload, []);
	const { groups, ...lists } = payload;
	return foundEntries(
		{ ...lists, aggregationData: { groups } },
		['scheduledBroadcastMessages', 'scheduledMessages', 'data'],
		{ groups: 'groupId' },
	);
}

/** What is to be sent: Fansly may write it as JSON within the JSON. */
function templateOf({ messageTemplate }: IDataObject): IDataObject {
	if (typeof messageTemplate !== 'string') return recordAt(messageTemplate);
	try {
		return recordAt(JSON.parse(messageTemplate));
	} catch {
		return { content: messageTemplate };
	}
}

/** A mass message: five fields. Time in ISO 8601 UTC; null where the provider does not tell. */
export function simplifyFanslyMassMessage(entry: IDataObject): IDataObject {
	const template = templateOf(entry);
	return {
		id: idOf(entry.id) ?? null,
		groupId: idOf(entry.groupId) ?? null,
		text: textOf(entry.content) ?? textOf(template.content) ?? null,
		date: fanslyTime(entry.scheduledFor),
		createdAt: fanslyTime(entry.createdAt),
	};
}

/** A message that Fansly sends by itself: six fields. Waits in seconds. */
export function simplifyFanslyAutomatedMessage(entry: IDataObject, accountId: string): IDataObject {
	return {
		id: idOf(entry.id) ?? null,
		accountId,
		triggerType: idOf(entry.triggerType) ?? null,
		text: textOf(entry.content) ?? textOf(templateOf(entry).content) ?? null,
		delay: numberOf(entry.delay) ?? null,
		cooldown: numberOf(entry.cooldown) ?? null,
	};
}

/** When a message is to go out. */
export function scheduledDateField(
	description: string,
	rest: Partial<INodeProperties> = {},
): INodeProperties {
	return {
		displayName: 'Scheduled Date',
		name: 'scheduledDate',
		type: 'dateTime',
		default: '',
		description: withZone(description),
		...rest,
	};
}

/** Scheduled Date in milliseconds, out of the field at `path`; undefined where it is empty. */
export function scheduledAt(
	context: IExecuteSingleFunctions,
	validation: Validation,
	path: string,
): number | undefined {
	return validation.parameter(path, 'Scheduled Date', time(context.getTimezone()));
}

/** The request with Scheduled Date in its body, as Fansly has it: in milliseconds. */
export function withSchedule(
	context: IExecuteSingleFunctions,
	request: IHttpRequestOptions,
	path: string,
): IHttpRequestOptions {
	const at = time(context.getTimezone())(parameterOf(context, path), 'Scheduled Date');
	if (at === undefined || at instanceof Invalid) return request;
	return { ...request, body: { ...recordAt(request.body), scheduledFor: at } };
}

/** The check of an update: Fansly wants its time every time. */
export function checkUpdate(context: IExecuteSingleFunctions, validation: Validation): void {
	const at = scheduledAt(context, validation, 'scheduledDate');
	const isGiven = idOf(parameterOf(context, 'scheduledDate')) !== undefined || at !== undefined;
	validation.require(isGiven, "'Scheduled Date' is empty");
	validation.require(at === undefined || at > Date.now(), "'Scheduled Date' is in the past");
}
