import type { INodeProperties } from 'n8n-workflow';
import { FANSLY_CHAT_URL } from '../../../platforms/fansly/chat';
import { accountField, chatField, operationField } from '../../../shared/parameters/fields';
import { acknowledge, acknowledgeFields } from './acknowledge';
import { remove, removeFields } from './delete';
import { list, listFields } from './list';
import { react, reactFields } from './react';
import { send, sendFields } from './send';
import { unreact, unreactFields } from './unreact';

const showOnlyForMessages = { show: { resource: ['message'] } };

export const messageFields: INodeProperties[] = [
	operationField(showOnlyForMessages, [acknowledge, remove, list, react, send, unreact], 'send'),
	accountField('e.g. fansly_acct_a1b2c3', showOnlyForMessages),
	chatField('e.g. 200000000000000001', FANSLY_CHAT_URL, showOnlyForMessages),
	...acknowledgeFields,
	...removeFields,
	...listFields,
	...reactFields,
	...sendFields,
	...unreactFields,
];
