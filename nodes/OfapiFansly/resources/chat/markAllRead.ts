import type { INodePropertyOptions } from 'n8n-workflow';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { ofapiFansly } from '../../pair';

/** `POST /api/fansly/{fanslyAccount}/chats/mark-all-as-read`: docs/providers.md. */
export const markAllRead: INodePropertyOptions = {
	name: 'Mark All Read',
	value: 'markAllRead',
	action: 'Mark all chats as read',
	description: 'Mark all chats of the account as read. One credit.',
	routing: singleRequest(ofapiFansly, {
		request: { method: 'POST', url: '/api/fansly/{account}/chats/mark-all-as-read' },
		output: (_body, { account }) => ({ read: true, accountId: account }),
	}),
};
