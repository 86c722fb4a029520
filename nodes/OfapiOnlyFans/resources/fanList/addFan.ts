import type { IDataObject, IExecuteSingleFunctions, INodePropertyOptions } from 'n8n-workflow';
import { isRecord, recordAt, valueAt } from '../../../shared/model/values';
import { batchedRequest } from '../../../shared/operation/batch';
import type { Lookup } from '../../../shared/operation/batch';
import { id, required } from '../../../shared/parameters/parsers';
import type { Validation } from '../../../shared/parameters/validation';
import type { HttpResponse } from '../../../shared/transport/response';
import { ofapiOnlyFans } from '../../pair';
import { listInPath } from './listInPath';

/** How many fans go into one request: the documents name no most. */
const MOST = 1000;

function readFan(_context: IExecuteSingleFunctions, validation: Validation): string[] {
	const fan = validation.parameter('fanId', 'Fan ID', required(id('123456789', /^\d+$/)));
	return fan === undefined ? [] : [fan];
}

/**
 * One fan who cannot be added makes OnlyFans refuse all. The refusal names those fans, under the
 * list's ID, or says in a list of sentences what is wrong with the list itself.
 */
function refusals(response: HttpResponse): Map<string, HttpResponse> | undefined {
	const { statusCode, body } = response;
	if (statusCode === 404) return new Map();
	const [about] = Object.values(recordAt(body, 'onlyfans_response', 'body', 'errors'));
	if (Array.isArray(about)) return new Map();
	if (!isRecord(about)) return undefined;
	return new Map(
		Object.entries(about).map(([fan, words]) => [fan, { ...response, body: refusalOf(words) }]),
	);
}

/** The answer to a request for one fan alone. */
const refusalOf = (words: unknown): IDataObject => ({
	onlyfans_response: {
		status: 400,
		body: { error: { message: Array.isArray(words) ? words.join(' ') : words } },
	},
});

const addedTo = (fans: string[]): Lookup => ({
	most: MOST,
	prepare: (request, ids) => ({ ...request, body: { ids } }),
	read(body) {
		if (!isRecord(body.data)) return undefined;
		const [fanListId = null] = Object.keys(body.data);
		return fans.map((fanId) => ({ added: true, fanId, fanListId }));
	},
	isOf: (record, fan) => valueAt(record, 'fanId') === fan,
	refusals,
	isChange: true,
});

/** `POST /api/{account}/user-lists/{userListId}/users`: docs/providers.md. */
export const addFan: INodePropertyOptions = {
	name: 'Add Fan',
	value: 'addFan',
	action: 'Add a fan to a list',
	description:
		"Put a fan on one of the creator's lists. OnlyFans refuses who is on it already. One credit " +
		'for the fans of all input items, and one more where some are refused.',
	routing: batchedRequest(ofapiOnlyFans, {
		request: { method: 'POST', url: '/api/{account}/user-lists/{list}/users' },
		rules: { path: listInPath },
		readKeys: readFan,
		lookup: addedTo,
		simplify: (record) => record,
	}),
};
