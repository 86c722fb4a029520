import type { INodePropertyOptions } from 'n8n-workflow';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { ofapiOnlyFans } from '../../pair';

/** `POST /api/{account}/chats/mark-as-read`: docs/providers.md. */
export const markAllRead: INodePropertyOptions = {
	name: 'Mark All Read',
	value: 'markAllRead',
	action: 'Mark all chats as read',
	description: 'Mark all chats of the account as read. One credit.',
	routing: singleRequest(ofapiOnlyFans, {
		request: { method: 'POST', url: '/api/{account}/chats/mark-as-read' },
		output: (_body, { account }) => ({ read: true, accountId: account }),
	}),
};
