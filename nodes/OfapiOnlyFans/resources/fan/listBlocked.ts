import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { usersList, usersListFields } from './usersList';

export const listBlocked: INodePropertyOptions = {
	name: 'List Blocked',
	value: 'listBlocked',
	action: 'List blocked users',
	description: 'Get the users that the account has blocked. One credit per 50.',
	routing: usersList('blocked'),
};

export const listBlockedFields: INodeProperties[] = usersListFields('listBlocked');
