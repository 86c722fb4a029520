import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { foundEntries } from '../../../platforms/fansly/entries';
import { simplifyFanslyList } from '../../../platforms/fansly/fan';
import { rowsOutput } from '../../../platforms/fansly/rows';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { simplifyField } from '../../../shared/parameters/fields';
import { ofapiFansly } from '../../pair';

const showOnlyForFanListList = { show: { resource: ['fanList'], operation: ['list'] } };

/** `GET /api/fansly/{fanslyAccount}/lists`: docs/providers.md. */
export const list: INodePropertyOptions = {
	name: 'List',
	value: 'list',
	action: 'List fan lists',
	description: "Get the creator's own lists of fans, each with its ID. One credit.",
	routing: singleRequest(ofapiFansly, {
		request: { method: 'GET', url: '/api/fansly/{account}/lists' },
		output: rowsOutput(
			(body) => foundEntries(body.data, ['lists', 'data']),
			(row, { account }) => simplifyFanslyList(row, account),
		),
	}),
};

export const listFields: INodeProperties[] = [simplifyField(showOnlyForFanListList)];
