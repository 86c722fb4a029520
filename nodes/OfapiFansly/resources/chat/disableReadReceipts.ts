import type { INodePropertyOptions } from 'n8n-workflow';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { ofapiFansly } from '../../pair';

/**
 * `POST /api/fansly/{fanslyAccount}/chats/{chat_id}/read-receipts/disable`: docs/providers.md.
 */
export const disableReadReceipts: INodePropertyOptions = {
	name: 'Disable Read Receipts',
	value: 'disableReadReceipts',
	action: 'Disable the read receipts of a chat',
	description:
		'No longer show the fan what the creator has read. Turn it on again on Fansly itself. One ' +
		'credit.',
	routing: singleRequest(ofapiFansly, {
		request: {
			method: 'POST',
			url: '/api/fansly/{account}/chats/{chat}/read-receipts/disable',
		},
		output: (_body, { chat }) => ({ readReceipts: false, chatId: chat }),
	}),
};
