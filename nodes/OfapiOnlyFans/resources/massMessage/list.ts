import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { recordsAt } from '../../../shared/model/values';
import { parameterOf } from '../../../shared/operation/parameter';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { simplifyField } from '../../../shared/parameters/fields';
import { ofapiOnlyFans } from '../../pair';
import { simplifyMassMessage } from '../../recipients';

const showOnlyForMassMessageList = { show: { resource: ['massMessage'], operation: ['list'] } };

/** `GET /api/{account}/mass-messaging`: docs/providers.md. It gives the whole queue at once. */
export const list: INodePropertyOptions = {
	name: 'List',
	value: 'list',
	action: 'List mass messages',
	description:
		'Get the mass messages that are scheduled, being sent or were sent recently, with their IDs. ' +
		'One credit.',
	routing: singleRequest(ofapiOnlyFans, {
		request: { method: 'GET', url: '/api/{account}/mass-messaging' },
		output: (body, _subject, context) => {
			if (!Array.isArray(body.data)) return undefined;
			const entries = recordsAt(body, 'data');
			return parameterOf(context, 'simplify', true) === false
				? entries
				: entries.map(simplifyMassMessage);
		},
	}),
};

export const listFields: INodeProperties[] = [simplifyField(showOnlyForMassMessageList)];
