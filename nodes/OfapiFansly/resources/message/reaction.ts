import type { INodeProperties } from 'n8n-workflow';
import type { RequestRules } from '../../../shared/operation/validate';
import { numberFor, required } from '../../../shared/parameters/parsers';

/** Fansly's reactions by the numbers that the documents give them. */
export const reactionInBody: RequestRules['body'] = {
	type: [
		'Reaction',
		required(
			numberFor({
				heart: 1,
				laughing: 2,
				surprised: 3,
				crying: 4,
				fire: 5,
				thumbsUp: 6,
				thumbsDown: 7,
			}),
		),
	],
};

/** Which reaction to put on a message or to take back. */
export function reactionField(
	displayOptions: INodeProperties['displayOptions'],
	description: string,
): INodeProperties {
	return {
		displayName: 'Reaction',
		name: 'reaction',
		type: 'options',
		default: 'heart',
		displayOptions,
		description,
		options: [
			{ name: 'Crying', value: 'crying' },
			{ name: 'Fire', value: 'fire' },
			{ name: 'Heart', value: 'heart' },
			{ name: 'Laughing', value: 'laughing' },
			{ name: 'Surprised', value: 'surprised' },
			{ name: 'Thumbs Down', value: 'thumbsDown' },
			{ name: 'Thumbs Up', value: 'thumbsUp' },
		],
		routing: { send: { type: 'body', property: 'type' } },
	};
}
