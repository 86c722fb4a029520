import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { fanIdField, fanInPath } from '../../../platforms/fansly/fields';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { apiFansly } from '../../pair';

const showOnlyForFanAddToVips = { show: { resource: ['fan'], operation: ['addToVips'] } };

/** `POST /api/fansly/{account_id}/chats/{fan_id}/vip`: docs/providers.md. */
export const addToVips: INodePropertyOptions = {
	name: 'Add to VIPs',
	value: 'addToVips',
	action: 'Add a fan to the most important ones',
	description:
		"Put a fan on the creator's VIP list, by which chats can be filtered. ApiFansly has no way " +
		'back: take the fan off on Fansly itself. One credit.',
	routing: singleRequest(apiFansly, {
		request: { method: 'POST', url: '/api/fansly/{account}/chats/{fan}/vip' },
		rules: { path: fanInPath },
		output: (_body, { fan }) => ({ vip: true, fanId: fan }),
	}),
};

export const addToVipsFields: INodeProperties[] = [fanIdField(showOnlyForFanAddToVips)];
