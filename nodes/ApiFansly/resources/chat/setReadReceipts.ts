import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { recordAt } from '../../../shared/model/values';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { oneOf, required } from '../../../shared/parameters/parsers';
import { apiFansly } from '../../pair';

const showOnlyForChatSetReadReceipts = {
	show: { resource: ['chat'], operation: ['setReadReceipts'] },
};

/** `POST /api/fansly/{account_id}/chats/{chat_id}/readreceipts`: docs/providers.md. */
export const setReadReceipts: INodePropertyOptions = {
	name: 'Set Read Receipts',
	value: 'setReadReceipts',
	action: 'Set the read receipts of a chat',
	description: 'Show the fan what the creator has read, or no longer show it. One credit.',
	routing: singleRequest(apiFansly, {
		request: { method: 'POST', url: '/api/fansly/{account}/chats/{chat}/readreceipts' },
		rules: { body: { action: ['Read Receipts', required(oneOf('enable', 'disable'))] } },
		output: (_body, { chat }, _context, request) => ({
			readReceipts: recordAt(request.body).action === 'enable',
			chatId: chat,
		}),
	}),
};

export const setReadReceiptsFields: INodeProperties[] = [
	{
		displayName: 'Read Receipts',
		name: 'readReceipts',
		type: 'options',
		default: 'disable',
		displayOptions: showOnlyForChatSetReadReceipts,
		description: 'What the fan sees of what the creator has read',
		options: [
			{ name: 'Hide', value: 'disable' },
			{ name: 'Show', value: 'enable' },
		],
		routing: { send: { type: 'body', property: 'action' } },
	},
];
