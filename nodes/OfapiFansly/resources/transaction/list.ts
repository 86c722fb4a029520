import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { simplifyFanslyTransaction } from '../../../platforms/fansly/earnings';
import { limitFields, listOptionsField } from '../../../shared/lists/fields';
import { paginatedList } from '../../../shared/lists/list';
import { idOf } from '../../../shared/model/values';
import { simplifyField } from '../../../shared/parameters/fields';
import { offsetEntries } from '../../entries';

const showOnlyForTransactionList = { show: { resource: ['transaction'], operation: ['list'] } };

/** `GET /api/fansly/{fanslyAccount}/earnings/transactions`: docs/providers.md. */
export const list: INodePropertyOptions = {
	name: 'List',
	value: 'list',
	action: 'List transactions',
	description:
		'Get what came into the wallet, newest first. Fansly does not say from whom. One credit per 100.',
	routing: paginatedList(
		offsetEntries(
			'data',
			{},
			{
				idOf: (entry) => idOf(entry.transactionId),
				simplify: simplifyFanslyTransaction,
			},
		),
		{
			request: { method: 'GET', url: '/api/fansly/{account}/earnings/transactions' },
			rules: { query: {} },
		},
	),
};

export const listFields: INodeProperties[] = [
	...limitFields(showOnlyForTransactionList, 'Costs one credit per 100 transactions'),
	simplifyField(showOnlyForTransactionList),
	listOptionsField(showOnlyForTransactionList, { isByOffset: true }),
];
