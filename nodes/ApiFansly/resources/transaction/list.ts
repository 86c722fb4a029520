import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import {
	millisecondsPeriod,
	periodField,
	simplifyFanslyTransaction,
} from '../../../platforms/fansly/earnings';
import { foundEntries } from '../../../platforms/fansly/entries';
import { fanslyOnlyNewField } from '../../../platforms/fansly/fields';
import { limitFields, listOptionsField } from '../../../shared/lists/fields';
import { paginatedList } from '../../../shared/lists/list';
import { millisecondsOf } from '../../../shared/model/time';
import { idOf, numberOf, valueAt } from '../../../shared/model/values';
import { simplifyField } from '../../../shared/parameters/fields';
import { apiFansly, responseIn } from '../../pair';

const showOnlyForTransactionList = { show: { resource: ['transaction'], operation: ['list'] } };

/** `GET /api/fansly/{account_id}/earnings/transactions`: docs/providers.md. */
export const list: INodePropertyOptions = {
	name: 'List',
	value: 'list',
	action: 'List transactions',
	description:
		'Get what came into the wallet, newest first. Fansly does not say from whom. One credit or ' +
		'more per 100.',
	routing: paginatedList(
		{
			pair: apiFansly,
			// The documents name no largest page: see below.
			size: { parameter: 'limit', most: 100 },
			start: 'offset',
			isByOffset: true,
			endsShort: true,
			readPage(body, start) {
				const payload = responseIn(body);
				const entries = foundEntries(payload, ['data', 'transactions']);
				if (entries === undefined) return undefined;
				const end = Number(start ?? 0) + entries.length;
				const isLast = end >= (numberOf(valueAt(payload, 'total')) ?? Infinity);
				// Where no total is told, a shorter page than an earlier one is the end, or an empty one:
				// the provider may give fewer than were asked for.
				return { entries, next: isLast ? undefined : String(end) };
			},
			idOf: (entry) => idOf(entry.transactionId) ?? idOf(entry.id),
			simplify: simplifyFanslyTransaction,
			// Their order is not documented: all of the days that may hold new ones are read.
			news: {
				timeOf: ({ createdAt }) => millisecondsOf(createdAt),
				isNewestFirst: false,
				since: (after) => ({ after: String(after) }),
				timeNames: ['after', 'before'],
			},
		},
		{
			request: { method: 'GET', url: '/api/fansly/{account}/earnings/transactions' },
			rules: { query: {}, extraQuery: millisecondsPeriod },
		},
	),
};

export const listFields: INodeProperties[] = [
	...limitFields(showOnlyForTransactionList, 'Costs at least one credit per 100 transactions'),
	simplifyField(showOnlyForTransactionList),
	periodField(showOnlyForTransactionList, 'Without this field, the provider chooses.'),
	listOptionsField(showOnlyForTransactionList, { isByOffset: true, onlyNew: fanslyOnlyNewField }),
];
