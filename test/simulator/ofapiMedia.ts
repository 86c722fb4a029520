import { addProblem, anyText, digits, isFields, oneOf, wholeBetween } from './fields';
import type { Rules } from './fields';
import { countBelow } from './ids';
import { creditsFor, fanslyMedia, innerHandle, onlyFansVaultRow, uploadIn } from './media';
import type { StoredUpload } from './media';
import {
	accountOf,
	answered,
	checkQuery,
	metaOf,
	platformError,
	refuseProblems,
	refusal,
} from './ofapi';
import type { OfapiContext } from './ofapi';
import type { Call, Reply, Route } from './provider';

const PER_MEGABYTE = 3;
const MOST = 100_000_000;

/** What the platform gives at a time; the client cannot set it. */
const FANSLY_PAGE = 20;

/** How many GIFs there are. */
const GIFS = 120;

/** A file that was just put into OnlyFans' vault: it is still worked on. */
function fileInVault(id: string, createdAt: string) {
	return {
		id: Number(id),
		type: 'photo',
		convertedToVideo: false,
		canView: true,
		hasError: false,
		createdAt: `${createdAt.slice(0, 19)}+00:00`,
		isReady: false,
		files: {
			full: { url: null, width: 0, height: 0, size: 0, sources: [] },
			thumb: null,
			preview: null,
			squarePreview: null,
		},
		duration: 0,
		releaseForms: [],
		hasCustomPreview: false,
	};
}

const VAULT_QUERY: Rules = {
	limit: wholeBetween(10, 100),
	offset: digits,
	query: anyText,
	field: oneOf('recent', 'most-liked', 'highest-tips'),
	type: oneOf('photo', 'gif', 'video', 'audio'),
	list: digits,
	sort: oneOf('desc', 'asc'),
};

/** Files of OnlyFansAPI on both platforms: uploads, their states, downloads, the vault. */
export class OfapiMedia {
	constructor(private readonly context: OfapiContext) {}

	routes(): Route[] {
		const base = this.context.pair === 'ofapiFansly' ? '/api/fansly/:account' : '/api/:account';
		return [
			{ method: 'post', path: `${base}/media/upload`, handle: (call) => this.upload(call) },
			{
				method: 'get',
				path: `${base}/media/uploads/:upload/status`,
				handle: (call) => this.status(call),
			},
			{
				method: 'get',
				path: `${base}/media/download/:file`,
				handle: (call) => this.download(call),
			},
			...(this.context.pair === 'ofapiFansly'
				? this.fanslyRoutes(base)
				: this.onlyFansRoutes(base)),
		];
	}

	private onlyFansRoutes(base: string): Route[] {
		return [
			{ method: 'get', path: `${base}/media/vault`, handle: (call) => this.onlyFansVault(call) },
			{ method: 'post', path: `${base}/media/vault`, handle: (call) => this.addToVault(call) },
			{ method: 'get', path: `${base}/media/vault/lists`, handle: (call) => this.vaultLists(call) },
			{ method: 'get', path: `${base}/giphy/search`, handle: (call) => this.searchGifs(call) },
		];
	}

	private fanslyRoutes(base: string): Route[] {
		return [
			{ method: 'get', path: `${base}/vault/media`, handle: (call) => this.fanslyVault(call) },
			{ method: 'get', path: `${base}/vault/albums`, handle: (call) => this.albums(call) },
			{
				method: 'post',
				path: `${base}/vault/media/upload`,
				handle: (call) => this.upload(call, true),
			},
		];
	}

	private albums(call: Call): Reply {
		const { id } = accountOf(this.context, call);
		checkQuery(this.context, call.query, {});
		const files = this.context.media.vault('ofapiFansly', id);
		const albums = [...new Set(files.map(({ album }) => album))].map((album, index) => ({
			id: album,
			title: `Album ${index + 1}`,
			itemCount: files.filter((file) => file.album === album).length,
		}));
		return answered(this.context, { data: { albums } });
	}

	private upload(call: Call, intoVault = false): Reply {
		const { upload, isAsync } = this.uploaded(call, intoVault);
		return isAsync
			? this.pending(call, upload)
			: {
					status: 200,
					body: { prefixed_id: upload.handle, ...this.described(upload) },
					credits: upload.credits,
				};
	}

	/** As an upload, but that the file is in the vault at once: its number is what counts. */
	private addToVault(call: Call): Reply {
		const { upload, isAsync } = this.uploaded(call);
		const { id: account } = accountOf(this.context, call);
		const file = this.context.media.addFile('ofapiOnlyFans', account, {
			size: upload.file?.size,
		});
		upload.mediaId = file.id;
		upload.isInVault = true;
		if (isAsync) return this.pending(call, upload);
		const data = fileInVault(file.id, file.createdAt);
		return {
			status: 200,
			body: { data, _meta: metaOf(this.context, upload.credits) },
			credits: upload.credits,
		};
	}

	private pending(call: Call, { handle, credits }: StoredUpload): Reply {
		const path = call.path.replace(/(?:upload|vault)$/, `uploads/${handle}/status`);
		return {
			status: 202,
			body: { status: 'pending', prefixed_id: handle, polling_url: `${call.origin}${path}` },
			credits,
		};
	}

	/** Takes the file in, or refuses it. Into Fansly's vault there is an album, and no work in the background. */
	private uploaded(call: Call, intoVault = false): { upload: StoredUpload; isAsync: boolean } {
		const { context } = this;
		const { id: account } = accountOf(context, call);
		const { album_id: album, ...form } = isFields(call.body) ? call.body : {};
		const { file, fileUrl, isAsync, problems } = uploadIn(
			intoVault || album === undefined ? form : call.body,
		);
		if (intoVault && isAsync) addProblem(problems, 'async', 'is not a documented field');
		if (album !== undefined && digits(album) !== undefined) {
			addProblem(problems, 'album_id', 'must be the ID of an album');
		}
		refuseProblems(context, problems);
		if (file !== undefined && file.size > MOST) {
			throw refusal(413, {
				error: 'PAYLOAD_TOO_LARGE',
				message: 'The file is larger than 100 MB.',
			});
		}

		const { media, ledger, quirks } = context;
		const prefix = context.pair === 'ofapiFansly' ? 'fansly_media_' : 'ofapi_media_';
		const credits = creditsFor(file?.size ?? 1, PER_MEGABYTE);
		ledger.charge(credits);
		const handle = `${prefix}${String(media.uploads.length + 1).padStart(8, '0')}`;
		const upload = media.addUpload(context.pair, account, {
			handle,
			file,
			fileUrl,
			credits,
			looks: isAsync ? quirks.uploadLooks : 0,
			fails: isAsync && quirks.uploadsFail,
		});
		return { upload, isAsync };
	}

	/** What is told of a finished upload, apart from its handle. */
	private described({ file, mediaId, credits }: StoredUpload) {
		const file_name = file?.fileName ?? 'photo.jpg';
		if (this.context.pair === 'ofapiFansly') {
			const media = {
				id: mediaId,
				type: 1,
				status: 1,
				mimetype: file?.mimeType ?? 'image/jpeg',
				width: 1080,
				height: 1080,
			};
			return { file_name, media_id: mediaId, media, credits_used: credits };
		}
		return {
			file_name,
			processId: `p${mediaId}`,
			host: 'convert3.onlyfans.com',
			sourceUrl: 'https://example.com/source',
			extra: 'x',
			additional: { user: '1' },
			thumbs: [],
			note: 'Made up.',
		};
	}

	/** Costs nothing. */
	private status(call: Call): Reply {
		accountOf(this.context, call);
		const upload = this.context.media.upload(this.context.pair, call.params.upload ?? '');
		if (upload === undefined) throw platformError(this.context, 404, 'There is no such upload.');
		const answer = (body: object): Reply => ({
			status: 200,
			body: { prefixed_id: upload.handle, ...body },
			credits: 0,
		});
		if (upload.looksLeft > 0) {
			return answer({ status: upload.looksLeft-- > 1 ? 'pending' : 'processing' });
		}
		if (upload.status === 'failed') {
			return answer({ status: 'failed', error: 'The file could not be read.' });
		}
		const described = this.described(upload);
		if (this.context.pair === 'ofapiFansly') return answer({ status: 'completed', ...described });
		if (upload.isInVault) {
			const media = fileInVault(upload.mediaId, '2026-01-01T00:00:00.000Z');
			return answer({ status: 'completed', media, credits_used: upload.credits });
		}
		return answer({
			status: 'completed',
			media: { prefixed_id: innerHandle(upload), ...described },
			credits_used: upload.credits,
		});
	}

	/** Leads to another server, which needs no key. */
	private download(call: Call): Reply {
		accountOf(this.context, call);
		const file = this.context.media.fileAt(call.params.file ?? '');
		if (file === undefined) {
			throw platformError(this.context, 404, 'There is no file at this address.');
		}
		const credits = creditsFor(file.size, PER_MEGABYTE);
		this.context.ledger.charge(credits);
		return {
			status: 302,
			body: undefined,
			credits,
			headers: {
				'content-type': 'text/plain',
				location: `${this.context.media.cdnUrl}/${file.id}/${file.fileName}`,
			},
		};
	}

	private onlyFansVault(call: Call): Reply {
		const { id: account } = accountOf(this.context, call);
		checkQuery(this.context, call.query, VAULT_QUERY);
		const { limit = 24, offset = 0, type, sort, query = '', list } = call.query;
		const files = this.context.media
			.vault('ofapiOnlyFans', account)
			.filter(
				(file) =>
					(type === undefined || file.type === type) &&
					file.fileName.includes(query) &&
					(list === undefined || file.album === list),
			);
		if (sort === 'asc') files.reverse();
		const end = Number(offset) + Number(limit);
		return answered(this.context, {
			data: {
				list: files.slice(Number(offset), end).map(onlyFansVaultRow),
				hasMore: end < files.length,
			},
		});
	}

	/** The categories, as files name them. */
	private vaultLists(call: Call): Reply {
		const { id: account } = accountOf(this.context, call);
		checkQuery(this.context, call.query, {
			query: anyText,
			limit: wholeBetween(1, 24),
			offset: digits,
		});
		const files = this.context.media.vault('ofapiOnlyFans', account);
		const albums = [...new Set(files.map(({ album }) => album))].sort();
		const counts = { videosCount: 0, photosCount: files.length, gifsCount: 0, audiosCount: 0 };
		return answered(this.context, {
			data: {
				list: albums.map((id, index) => ({
					id: Number(id),
					type: 'custom',
					name: `List ${index + 1}`,
					hasMedia: true,
					canUpdate: true,
					canDelete: true,
					...counts,
					medias: [],
				})),
				all: { ...counts, medias: [] },
				hasMore: false,
				canCreateVaultLists: true,
				order: 'asc',
				sort: 'default',
			},
		});
	}

	/** There are 120 GIFs for every word. */
	private searchGifs(call: Call): Reply {
		accountOf(this.context, call);
		checkQuery(this.context, call.query, {
			q: anyText,
			limit: wholeBetween(1, 50),
			offset: digits,
		});
		const word = call.query.q ?? '';
		if (word === '') refuseProblems(this.context, { q: ['The q field is required.'] });
		const offset = Number(call.query.offset ?? 0);
		const end = Math.min(GIFS, offset + Number(call.query.limit ?? 10));
		const gifs = Array.from({ length: Math.max(0, end - offset) }, (_, index) => {
			const id = `gif${offset + index}`;
			const image = (height: string, width: string) => ({
				height,
				width,
				url: `https://media4.giphy.com/media/${id}/giphy.gif`,
			});
			return {
				type: 'gif',
				id,
				url: `https://giphy.com/gifs/${id}`,
				slug: id,
				title: `${word} ${offset + index}`,
				rating: 'g',
				username: 'giphy',
				embed_url: `https://giphy.com/embed/${id}`,
				images: { original: image('300', '400'), fixed_height: image('200', '266') },
			};
		});
		return answered(this.context, { data: gifs });
	}

	private fanslyVault(call: Call): Reply {
		const { id: account } = accountOf(this.context, call);
		checkQuery(this.context, call.query, { before: digits, album_id: digits });
		const { before, album_id: album } = call.query;
		const oldestFirst = this.context.media
			.vault('ofapiFansly', account)
			.filter((file) => album === undefined || file.album === album)
			.reverse();
		const entries = oldestFirst.map((file) => ({ id: `6${file.id.slice(1)}`, file }));
		const end = before === undefined ? entries.length : countBelow(entries, before);
		const page = entries.slice(Math.max(0, end - FANSLY_PAGE), end).reverse();
		return answered(this.context, {
			data: {
				albumMedia: page.map(({ id, file }) => ({
					id,
					albumId: file.album,
					mediaId: file.id,
					createdAt: 1_700_000_000,
				})),
				media: page.map(({ file }) => fanslyMedia(file)),
			},
		});
	}
}
