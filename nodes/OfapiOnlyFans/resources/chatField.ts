import type { INodeProperties } from 'n8n-workflow';
import { chatField } from '../../shared/parameters/fields';

/** A chat's address on the website: docs/providers.md. */
const CHAT_URL = {
	placeholder: 'e.g. https://onlyfans.com/my/chats/chat/123456789/',
	regex: 'https://(?:www\\.)?onlyfans\\.com/my/chats/chat/(\\d+)',
};

/** Which chat of OnlyFans to read or write. */
export function onlyFansChatField(
	displayOptions: INodeProperties['displayOptions'],
): INodeProperties {
	return chatField(
		'e.g. 123456789',
		CHAT_URL,
		displayOptions,
		"The chat with the fan. On OnlyFans its ID is the fan's user ID.",
	);
}
