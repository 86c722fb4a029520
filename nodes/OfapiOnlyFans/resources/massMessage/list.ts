import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { act } from '../../../shared/act';
import { check } from '../../../shared/check';
import { simplifyField } from '../../../shared/fields';
import { recordsAt } from '../../../shared/values';
import { ofapiOnlyFans } from '../../pair';
import { simplifyMassMessage } from '../../recipients';

const showOnlyForMassMessageList = { show: { resource: ['massMessage'], operation: ['list'] } };

/** `GET /api/{account}/mass-messaging`: docs/providers.md. It gives the whole queue at once. */
export const list: INodePropertyOptions = {
	name: 'List',
	value: 'list',
	action: 'List mass messages',
	description: 'Get the mass messages that are scheduled, on their way or were sent a short time ago. One credit.',
	routing: {
		request: { method: 'GET', url: '/api/{account}/mass-messaging' },
		send: { preSend: [check({})], paginate: true },
		operations: {
			pagination: act(ofapiOnlyFans, (body, _subject, context) => {
				const rows = recordsAt(body, 'data');
				return context.getNodeParameter('simplify', true) === false ? rows : rows.map(simplifyMassMessage);
			}),
		},
	},
};

export const listFields: INodeProperties[] = [simplifyField(showOnlyForMassMessageList)];
