import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { apiFansly } from '../../pair';
import { likedMessageField, likeInBody } from './likeInBody';

const showOnlyForMessageLike = { show: { resource: ['message'], operation: ['like'] } };

/** `POST /api/fansly/{account_id}/messages/like`: docs/providers.md. */
export const like: INodePropertyOptions = {
	name: 'Like',
	value: 'like',
	action: 'Like a message',
	description: "Put the creator's heart on a message. One credit.",
	routing: singleRequest(apiFansly, {
		request: { method: 'POST', url: '/api/fansly/{account}/messages/like' },
		rules: likeInBody,
		output: (_body, { messageId }) => ({ liked: true, messageId }),
	}),
};

export const likeFields: INodeProperties[] = [likedMessageField(showOnlyForMessageLike)];
