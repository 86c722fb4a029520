import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { act } from '../../../shared/act';
import { check } from '../../../shared/check';
import { apiFansly } from '../../pair';
import { likeInBody, likedMessageField } from './likeInBody';

const showOnlyForMessageLike = { show: { resource: ['message'], operation: ['like'] } };

/** `POST /api/fansly/{account_id}/messages/like`: docs/providers.md. */
export const like: INodePropertyOptions = {
	name: 'Like',
	value: 'like',
	action: 'Like message',
	description: 'Put a heart on a message. One credit.',
	routing: {
		request: { method: 'POST', url: '/api/fansly/{account}/messages/like' },
		send: { preSend: [check(likeInBody)], paginate: true },
		operations: { pagination: act(apiFansly, (_body, { messageId }) => ({ liked: true, messageId })) },
	},
};

export const likeFields: INodeProperties[] = [likedMessageField(showOnlyForMessageLike)];
