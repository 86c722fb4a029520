import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import {
	massMessageEntries,
	simplifyFanslyMassMessage,
} from '../../../platforms/fansly/massMessage';
import { rowsOutput } from '../../../platforms/fansly/rows';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { simplifyField } from '../../../shared/parameters/fields';
import { apiFansly, responseIn } from '../../pair';

const showOnlyForMassMessageList = { show: { resource: ['massMessage'], operation: ['list'] } };

/** `GET /api/fansly/{account_id}/mass-messaging/scheduled`: docs/providers.md. */
export const list: INodePropertyOptions = {
	name: 'List',
	value: 'list',
	action: 'List mass messages',
	description: 'Get the mass messages that are scheduled. One credit or more.',
	routing: singleRequest(apiFansly, {
		request: { method: 'GET', url: '/api/fansly/{account}/mass-messaging/scheduled' },
		output: rowsOutput((body) => massMessageEntries(responseIn(body)), simplifyFanslyMassMessage),
	}),
};

export const listFields: INodeProperties[] = [simplifyField(showOnlyForMassMessageList)];
