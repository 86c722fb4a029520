import type {
	IDataObject,
	IExecuteSingleFunctions,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { simplifyFanslyTransaction, sinceField } from '../../../platforms/fansly/earnings';
import { fanslyOnlyNewField, filtersField } from '../../../platforms/fansly/fields';
import { limitFields, listOptionsField } from '../../../shared/lists/fields';
import { paginatedList } from '../../../shared/lists/list';
import type { EntrySource } from '../../../shared/lists/list';
import { millisecondsOf } from '../../../shared/model/time';
import { idOf } from '../../../shared/model/values';
import { validationOf } from '../../../shared/operation/parameter';
import { simplifyField } from '../../../shared/parameters/fields';
import { time } from '../../../shared/parameters/parsers';
import type { Validation } from '../../../shared/parameters/validation';
import { offsetEntries } from '../../entries';
import { ofapiFansly } from '../../pair';

const showOnlyForTransactionList = { show: { resource: ['transaction'], operation: ['list'] } };

const ENTRIES: EntrySource = {
	...offsetEntries(
		'data',
		{},
		{
			idOf: (entry) => idOf(entry.transactionId),
			simplify: simplifyFanslyTransaction,
		},
	),
	news: { timeOf: ({ createdAt }) => millisecondsOf(createdAt), isNewestFirst: true },
};

const since = (context: IExecuteSingleFunctions, validation: Validation) =>
	validation.parameter('filters.since', 'Since', time(context.getTimezone()));

/** The newest come first: the list ends where they get older than Since, which nobody is asked for. */
function transactionsFor(context: IExecuteSingleFunctions): EntrySource {
	const oldest = since(context, validationOf(context));
	if (oldest === undefined) return ENTRIES;
	const isNewEnough = ({ createdAt }: IDataObject) =>
		(millisecondsOf(createdAt) ?? oldest) >= oldest;
	return {
		...ENTRIES,
		readPage(...page) {
			const read = ENTRIES.readPage(...page);
			const last = read?.entries.at(-1);
			return read && last && !isNewEnough(last) ? { ...read, next: undefined } : read;
		},
		keeps: isNewEnough,
	};
}

/** `GET /api/fansly/{fanslyAccount}/earnings/transactions`: docs/providers.md. */
export const list: INodePropertyOptions = {
	name: 'List',
	value: 'list',
	action: 'List transactions',
	description:
		'Get what came into the wallet, newest first. Fansly does not say from whom. One credit per 100.',
	routing: paginatedList(
		{ pair: ofapiFansly, choose: transactionsFor },
		{
			request: { method: 'GET', url: '/api/fansly/{account}/earnings/transactions' },
			rules: { query: {}, afterAll: since },
		},
	),
};

export const listFields: INodeProperties[] = [
	...limitFields(showOnlyForTransactionList, 'Costs one credit per 100 transactions'),
	simplifyField(showOnlyForTransactionList),
	filtersField(showOnlyForTransactionList, [
		sinceField('Return only what was paid since this time. Nothing older is read than needed.'),
	]),
	listOptionsField(showOnlyForTransactionList, { isByOffset: true, onlyNew: fanslyOnlyNewField }),
];
