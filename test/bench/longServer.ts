import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { Served } from './target';

/**
 * A provider whose one chat is as long as one likes: each page is made up when it is asked for, so
 * that nobody holds a million messages. In a process of its own: `longServer.ts <messages>`.
 */

const messages = Number(process.argv[2]);
const CHAT = '600001';
const NEWEST = 3_000_000_000_000;
const NEWEST_AT = Date.UTC(2026, 8, 1, 12);
const TEXTS = [
	'Hey, how was your day?',
	'Is 3 &lt; 5 &amp; 7 &gt; 2? &quot;Yes&quot;',
	'First line<br />\nSecond line',
	'Love it 😍🔥',
];

/** The message at this place, 0 being the newest; as OnlyFansAPI lists it, without the fields that say nothing. */
function messageAt(place: number): object {
	const isOwn = place % 3 === 0;
	return {
		responseType: 'message',
		id: NEWEST - place,
		text: `<p>${TEXTS[place % TEXTS.length]} (${place})</p>`,
		price: place % 30 === 0 ? 4.99 : 0,
		isFree: place % 30 !== 0,
		mediaCount: place % 10 === 0 ? 1 : 0,
		media:
			place % 10 === 0
				? [
						{
							id: 9_000_000 + place,
							type: 'photo',
							canView: true,
							files: { full: { url: `https://cdn.example/files/${place}.jpg` } },
						},
					]
				: [],
		previews: [],
		isTip: false,
		fromUser: { id: isOwn ? 123456789 : Number(CHAT), _view: 's' },
		isOpened: true,
		isNew: false,
		createdAt: `${new Date(NEWEST_AT - place * 60_000).toISOString().slice(0, 19)}+00:00`,
		isLiked: false,
		isSentByMe: isOwn,
	};
}

function answer(url: URL, response: ServerResponse): void {
	const limit = Number(url.searchParams.get('limit') ?? 10);
	const id = url.searchParams.get('id');
	const start = id === null ? 0 : NEWEST - Number(id) + 1;
	const length = Math.max(0, Math.min(limit, messages - start));
	const next_page =
		start + length < messages
			? `${url.origin}${url.pathname}?order=desc&skip_users=all&id=${NEWEST - start - length + 1}`
			: null;
	const body = JSON.stringify({
		data: Array.from({ length }, (_, index) => messageAt(start + index)),
		_pagination: { next_page },
	});
	response.writeHead(200, { 'content-type': 'application/json' });
	response.end(body);
}

const server = createServer((request, response) =>
	answer(new URL(request.url ?? '/', `http://${request.headers.host}`), response),
);
server.listen(0, '127.0.0.1', () => {
	const address = server.address();
	const port = address === null || typeof address === 'string' ? 0 : address.port;
	process.send?.({ url: `http://127.0.0.1:${port}`, chat: CHAT } satisfies Served);
});
process.once('disconnect', () => process.exit());
