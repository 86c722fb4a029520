import type { INodeProperties } from 'n8n-workflow';
import { accountField, chatField } from '../../../shared/fields';
import { list, listFields } from './list';
import { send, sendFields } from './send';

const showOnlyForMessages = { show: { resource: ['message'] } };

const ONLYFANS_CHAT_URL = {
	placeholder: 'e.g. https://onlyfans.com/my/chats/chat/123456789/',
	regex: 'https://(?:www\\.)?onlyfans\\.com/my/chats/chat/(\\d+)',
};

export const messageFields: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: showOnlyForMessages,
		options: [list, send],
		default: 'send',
	},
	accountField('e.g. acct_a1b2c3', showOnlyForMessages),
	chatField('e.g. 123456789', ONLYFANS_CHAT_URL, showOnlyForMessages),
	...sendFields,
	...listFields,
];
