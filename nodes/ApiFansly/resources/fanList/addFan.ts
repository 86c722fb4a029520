import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { fanIdField } from '../../../platforms/fansly/fields';
import { recordAt } from '../../../shared/model/values';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { apiFansly } from '../../pair';
import { fanAndList, listIdField } from './fanList';

const showOnlyForFanListAddFan = { show: { resource: ['fanList'], operation: ['addFan'] } };

/** `POST /api/fansly/{account_id}/lists/users`, one fan at a time: docs/providers.md. */
export const addFan: INodePropertyOptions = {
	name: 'Add Fan',
	value: 'addFan',
	action: 'Add a fan to a fan list',
	description: "Put a fan on one of the creator's lists. One credit.",
	routing: singleRequest(apiFansly, {
		request: { method: 'POST', url: '/api/fansly/{account}/lists/users' },
		rules: { body: fanAndList },
		output: (_body, { fan }, _context, request) => ({
			fanId: fan,
			listId: recordAt(request.body).listId,
			added: true,
		}),
	}),
};

export const addFanFields: INodeProperties[] = [
	listIdField(showOnlyForFanListAddFan),
	fanIdField(showOnlyForFanListAddFan, 'userId'),
];
