import type { INodeProperties } from 'n8n-workflow';
import type { RequestRules } from '../../../shared/operation/validate';
import { id } from '../../../shared/parameters/parsers';

/** The fan that an operation is about, for `{fan}` in its URL. */
export const fanInPath: RequestRules['path'] = {
	fan: ['Fan ID', 'fanId', id('123456789', /^\d+$/)],
};

/** Which fan to read or change. */
export function fanIdField(displayOptions: INodeProperties['displayOptions']): INodeProperties {
	return {
		displayName: 'Fan ID',
		name: 'fanId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 123456789',
		displayOptions,
		description:
			"The fan's user ID on OnlyFans, which is also the chat's ID: 'id' of a listed fan, " +
			"'chatId' of a message",
	};
}
