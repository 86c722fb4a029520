import type { ChatUrl } from '../../shared/parameters/fields';

/** A chat's address on the website: docs/providers.md. */
export const ONLYFANS_CHAT_URL: ChatUrl = {
	placeholder: 'e.g. https://onlyfans.com/my/chats/chat/123456789/',
	regex: 'https://(?:www\\.)?onlyfans\\.com/my/chats/chat/(\\d+)',
};
