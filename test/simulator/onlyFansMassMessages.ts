import { screenWords } from './bannedWords';
import {
	anyText,
	digits,
	isFields,
	listOf,
	oneOf,
	problemsOf,
	textIn,
	wholeBetween,
	yesOrNo,
} from './fields';
import type { Fields, Rule, Rules } from './fields';
import { accountOf, answered, checkQuery, nextPage, platformError, refuseProblems } from './ofapi';
import type { OfapiContext } from './ofapi';
import { htmlOf } from './onlyFansShapes';
import { stateOf } from './onlyFansState';
import type { MassMessage } from './onlyFansState';
import { dateTime, timeOf, userRow, usersOf } from './onlyFansUsers';
import type { Call, Reply, Route } from './provider';

/** OnlyFansAPI for OnlyFans: mass messages, who got them and who bought (OpenAPI file of 2026-08). */

const MASS = '/api/:account/mass-messaging';

const handle: Rule = (value) =>
	Number.isSafeInteger(value) ||
	(typeof value === 'string' && /^(ofapi_media_\w+|\d+)$/.test(value))
		? undefined
		: 'must be a media ID';
const user: Rule = (value) => (Number.isSafeInteger(value) ? undefined : digits(value));
const listId: Rule = (value) =>
	typeof value === 'string' && /^(\d+|fans|recent|following|rebill_off|tagged)$/.test(value)
		? undefined
		: 'must be a list';
const price: Rule = (value) =>
	typeof value === 'number' && (value === 0 || (value >= 3 && value <= 200))
		? undefined
		: 'must be 0 or from 3 to 200';
const utc: Rule = (value) =>
	typeof value === 'string' &&
	/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) &&
	Date.parse(value) > Date.now()
		? undefined
		: 'must be a future time in UTC';

const MASS_BODY: Rules = {
	userLists: listOf(listId),
	excludedLists: listOf(listId),
	userIds: listOf(user),
	text: anyText,
	lockedText: yesOrNo,
	price,
	mediaFiles: listOf(handle),
	previews: listOf(handle),
	giphyId: anyText,
	rfTag: listOf(user),
	rfPartner: listOf(user),
	rfGuest: listOf(user),
	scheduledDate: utc,
	saveForLater: yesOrNo,
	blockBannedWords: oneOf('strict_ban', 'risky', 'replace_soften'),
};

/** What an update does not take. */
const UPDATE_BODY: Rules = Object.fromEntries(
	Object.entries(MASS_BODY).filter(
		([name]) => !['excludedLists', 'rfTag', 'rfPartner', 'rfGuest', 'saveForLater'].includes(name),
	),
);

function queueRow({ id, date }: MassMessage): Fields {
	return {
		id: Number(id),
		date: timeOf(date),
		isReady: true,
		isDone: false,
		total: -1,
		pending: 0,
		canUnsend: true,
		unsendSeconds: 1_000_000,
		hasError: false,
		isCanceled: false,
		isCouplePeopleMedia: false,
	};
}

/** What is told of a mass message that was sent. */
function contentOf({ id, date, body, sentCount = 0, viewedCount = 0 }: MassMessage): Fields {
	const fields = isFields(body) ? body : {};
	return {
		id: Number(id),
		date: timeOf(date),
		text: htmlOf(textIn(fields, 'text')),
		giphyId: null,
		isFree: fields.price === undefined || fields.price === 0,
		sentCount,
		viewedCount,
		canUnsend: true,
		unsendSeconds: 1_000_000,
		isCanceled: false,
	};
}

/** What is told of users, but not of buyers. */
const NOT_OF_BUYERS = [
	'isBlocked',
	'isPerformer',
	'listsStates',
	'subscribedByData',
	'subscribedOnData',
];

export class OnlyFansMassMessages {
	private sent = 0;

	constructor(private readonly context: OfapiContext) {}

	routes(): Route[] {
		const message = `${MASS}/:message`;
		return [
			{ method: 'get', path: MASS, handle: (call) => this.list(call) },
			{ method: 'post', path: MASS, handle: (call) => this.send(call) },
			{ method: 'get', path: `${MASS}/overview`, handle: (call) => this.overview(call) },
			{ method: 'get', path: message, handle: (call) => this.get(call) },
			{ method: 'put', path: message, handle: (call) => this.update(call) },
			{ method: 'delete', path: message, handle: (call) => this.remove(call) },
			{
				method: 'get',
				path: '/api/:account/engagement/messages/:message/buyers',
				handle: (call) => this.listBuyers(call),
			},
		];
	}

	private bodyOf(call: Call, rules: Rules): Fields {
		const body = isFields(call.body) ? call.body : {};
		const problems = problemsOf(body, rules);
		if (textIn(body, 'text') === '') problems.text = ['The text field is required.'];
		screenWords(body, problems);
		refuseProblems(this.context, problems);
		return body;
	}

	private messageOf(call: Call): MassMessage {
		const { massMessages } = stateOf(accountOf(this.context, call));
		const found = massMessages.find(({ id }) => id === call.message);
		if (found !== undefined) return found;
		throw platformError(this.context, 404, 'The platform does not know this mass message.');
	}

	private get(call: Call): Reply {
		const message = this.messageOf(call);
		const { text, ...content } = contentOf(message);
		return answered(this.context, {
			data: {
				success: true,
				queue: {
					...content,
					text,
					textCropped: text,
					mediaTypes: null,
					hasError: false,
					releaseForms: [],
				},
			},
		});
	}

	private update(call: Call): Reply {
		const message = this.messageOf(call);
		message.body = this.bodyOf(call, UPDATE_BODY);
		message.date = textIn(isFields(message.body) ? message.body : {}, 'scheduledDate');
		return answered(this.context, { data: queueRow(message) });
	}

	/** Newest first; `endDate` belongs to what is shown. */
	private overview(call: Call): Reply {
		const { massMessages } = stateOf(accountOf(this.context, call));
		const { query } = call;
		checkQuery(this.context, query, {
			startDate: dateTime,
			endDate: dateTime,
			// The largest page is not documented: no more is taken than a public program asks for.
			limit: wholeBetween(1, 50),
			query: anyText,
		});
		const shown = (at: string) => at.slice(0, 19).replace('T', ' ');
		const wanted = [...massMessages]
			.reverse()
			.filter(
				({ date, body }) =>
					shown(date) >= (query.startDate ?? '') &&
					shown(date) <= (query.endDate ?? '9') &&
					textIn(isFields(body) ? body : {}, 'text').includes(query.query ?? ''),
			);
		const limit = Number(query.limit ?? 10);
		return answered(this.context, {
			data: {
				hasMore: limit < wanted.length,
				items: wanted.slice(0, limit).map((message) => {
					const content = contentOf(message);
					return {
						...content,
						responseType: 'message',
						rawText: content.text,
						isMediaReady: true,
						mediaCount: 0,
						media: [],
						previews: [],
						isTip: false,
						isReportedByMe: false,
						template: 'group',
					};
				}),
			},
		});
	}

	/** The link to the next page names the offset and a marker, without which it begins anew. */
	private listBuyers(call: Call): Reply {
		const account = accountOf(this.context, call);
		const { buyers = [] } = this.messageOf(call);
		checkQuery(this.context, call.query, {
			limit: wholeBetween(1, 50),
			offset: digits,
			marker: digits,
			skip_users_dups: wholeBetween(0, 1),
			skip_users: anyText,
		});
		const users = usersOf(account).filter(([{ id }]) => buyers.includes(id));
		const offset = call.query.marker === undefined ? 0 : Number(call.query.offset ?? 0);
		const limit = Number(call.query.limit ?? 10);
		const end = offset + limit;
		const hasMore = end < users.length;
		const marker = '957523925';
		const list = users.slice(offset, end).map((user): Fields => {
			const row = userRow(account, ...user);
			for (const name of NOT_OF_BUYERS) delete row[name];
			return row;
		});
		return answered(this.context, {
			data: { list, marker: Number(marker), hasMore },
			_pagination: {
				next_page: nextPage(
					this.context.quirks,
					call,
					hasMore ? { offset: String(end), limit: String(limit), marker } : undefined,
				),
			},
		});
	}

	private list(call: Call): Reply {
		const { massMessages } = stateOf(accountOf(this.context, call));
		checkQuery(this.context, call.query, {});
		return answered(this.context, { data: massMessages.map(queueRow) });
	}

	private send(call: Call): Reply {
		const { massMessages } = stateOf(accountOf(this.context, call));
		const body = this.bodyOf(call, MASS_BODY);
		const message = {
			id: String(70_000_000 + ++this.sent),
			body,
			date: textIn(body, 'scheduledDate') || new Date().toISOString(),
		};
		massMessages.push(message);
		return answered(this.context, { data: queueRow(message) });
	}

	private remove(call: Call): Reply {
		const { massMessages } = stateOf(accountOf(this.context, call));
		const found = this.messageOf(call);
		massMessages.splice(massMessages.indexOf(found), 1);
		return answered(this.context, {
			data: {
				success: true,
				queue: {
					id: Number(found.id),
					date: timeOf(found.date),
					canUnsend: false,
					unsendSeconds: 0,
					isCanceled: true,
					hasError: false,
				},
			},
		});
	}
}
