import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { isRecord } from '../../../shared/model/values';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { apiFansly, unwrap } from '../../pair';

/** `GET /api/fansly/{account_id}/earnings`: docs/providers.md. */
export const getStatistics: INodePropertyOptions = {
	name: 'Get Statistics',
	value: 'getStatistics',
	action: 'Get earnings and balance',
	description:
		"Get the account's balance and earnings as Fansly sends them: amounts are in thousandths of " +
		'a dollar. One credit.',
	routing: singleRequest(apiFansly, {
		request: { method: 'GET', url: '/api/fansly/{account}/earnings' },
		output: (body) => (isRecord(body.data) ? unwrap(body) : undefined),
	}),
};

export const getStatisticsFields: INodeProperties[] = [];
