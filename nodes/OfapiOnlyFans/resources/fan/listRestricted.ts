import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { usersList, usersListFields } from './usersList';

export const listRestricted: INodePropertyOptions = {
	name: 'List Restricted',
	value: 'listRestricted',
	action: 'List restricted users',
	description: 'Get the users that the account has restricted. One credit per 50.',
	routing: usersList('restricted'),
};

export const listRestrictedFields: INodeProperties[] = usersListFields('listRestricted');
