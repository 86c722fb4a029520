import type { INodePropertyOptions } from 'n8n-workflow';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { ofapiOnlyFans } from '../../pair';
import { fanInPath } from '../fan/fanId';
import { listInPath } from './listInPath';

/** `DELETE /api/{account}/user-lists/{userListId}/users/{userId}`: docs/providers.md. */
export const removeFan: INodePropertyOptions = {
	name: 'Remove Fan',
	value: 'removeFan',
	action: 'Remove a fan from a list',
	description: 'Take a fan off a list. One credit.',
	routing: singleRequest(ofapiOnlyFans, {
		request: { method: 'DELETE', url: '/api/{account}/user-lists/{list}/users/{fan}' },
		rules: { path: { ...listInPath, ...fanInPath } },
		output: (_body, { fan, fanList }) => ({ removed: true, fanId: fan, fanListId: fanList }),
	}),
};
