import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { fanIdField } from '../../../platforms/fansly/fields';
import { recordAt } from '../../../shared/model/values';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { apiFansly } from '../../pair';
import { fanAndList, listIdField } from './fanList';

const showOnlyForFanListRemoveFan = { show: { resource: ['fanList'], operation: ['removeFan'] } };

/** `DELETE /api/fansly/{account_id}/lists/users`, one fan at a time: docs/providers.md. */
export const removeFan: INodePropertyOptions = {
	name: 'Remove Fan',
	value: 'removeFan',
	action: 'Remove a fan from a fan list',
	description: "Take a fan off one of the creator's lists. One credit.",
	routing: singleRequest(apiFansly, {
		request: { method: 'DELETE', url: '/api/fansly/{account}/lists/users' },
		rules: { body: fanAndList },
		output: (_body, { fan }, _context, request) => ({
			fanId: fan,
			listId: recordAt(request.body).listId,
			removed: true,
		}),
	}),
};

export const removeFanFields: INodeProperties[] = [
	listIdField(showOnlyForFanListRemoveFan),
	fanIdField(showOnlyForFanListRemoveFan, 'userId'),
];
