import { addProblem, anyText, digits, isFields, oneOf, wholeBetween } from './fields';
import type { Rules } from './fields';
import { countBelow } from './ids';
import { creditsFor, fanslyMedia, innerHandle, onlyFansVaultRow, uploadIn } from './media';
import type { StoredUpload } from './media';
import { accountOf, answered, checkQuery, platformError, refuseProblems, refusal } from './ofapi';
import type { OfapiContext } from './ofapi';
import type { Call, Reply, Route } from './provider';

const PER_MEGABYTE = 3;
const MOST = 100_000_000;

/** What the platform gives at a time; the client cannot set it. */
const FANSLY_PAGE = 20;

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

	/** Into the vault there is an album, and no work in the background. */
	private upload(call: Call, intoVault = false): Reply {
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
		if (isAsync) {
			const polling_url = `${call.origin}${call.path.replace(/upload$/, `uploads/${handle}/status`)}`;
			return {
				status: 202,
				body: { status: 'pending', prefixed_id: handle, polling_url },
				credits,
			};
		}
		return { status: 200, body: { prefixed_id: handle, ...this.described(upload) }, credits };
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
