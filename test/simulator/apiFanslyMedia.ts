import { addProblem, anyText, isFields, problemsOf, textIn, wholeBetween } from './fields';
import type { Fields, Problems } from './fields';
import { creditsFor, fanslyMedia, uploadIn } from './media';
import type { Call, ProviderContext, Reply, Route } from './provider';

const PER_MEGABYTE = 2;

/** What the rest of ApiFansly lends. */
export interface Lent {
	accountId(call: Call): string;
	passedOn(response: unknown, beside?: Fields): Reply;
	answered(data: unknown, status: number, credits: number): Reply;
	refuse(status: number, message: string): never;
	refuseProblems(problems: Problems): void;
	token(list: string, place: string): string;
	placeIn(list: string, cursor: string | undefined): string | undefined;
}

/** Files of ApiFansly: uploads are jobs, downloads are answered with the file. */
export function apiFanslyMediaRoutes({ media, quirks }: ProviderContext, lent: Lent): Route[] {
	const base = '/api/fansly';

	function upload(call: Call): Reply {
		const account = lent.accountId(call);
		const { file, fileUrl, isAsync, problems } = uploadIn(call.body);
		if (fileUrl !== undefined) addProblem(problems, 'file_url', 'is not a documented field');
		if (isAsync) addProblem(problems, 'async', 'is not a documented field');
		lent.refuseProblems(problems);
		const credits = creditsFor(file?.size ?? 0, PER_MEGABYTE);
		const handle = String(media.uploads.length + 1);
		media.addUpload('apiFansly', account, {
			handle,
			file,
			credits,
			looks: quirks.uploadLooks,
			fails: quirks.uploadsFail,
		});
		return lent.answered({ jobId: handle }, 202, credits);
	}

	function status(call: Call): Reply {
		const found = media.upload('apiFansly', call.params.upload ?? '');
		if (found === undefined) return lent.refuse(404, 'Job not found');
		if (found.looksLeft > 0) {
			return lent.answered(
				{ state: found.looksLeft-- > 1 ? 'waiting' : 'active', progress: 50 },
				200,
				1,
			);
		}
		if (found.status === 'failed') {
			return lent.answered(
				{ state: 'failed', failedReason: 'The file could not be read.' },
				200,
				1,
			);
		}
		const { mediaId, file } = found;
		const accountMedia = [
			{
				id: `9${mediaId.slice(1)}`,
				media: { id: mediaId, mimetype: file?.mimeType, filename: file?.fileName },
			},
		];
		return lent.answered(
			{ state: 'completed', progress: 100, result: { mediaId, accountMedia } },
			200,
			1,
		);
	}

	function download({ body }: Call): Reply {
		const file = media.fileAt(isFields(body) ? textIn(body, 'cdnUrl') : '');
		if (file === undefined) return lent.refuse(404, 'There is no file at this address');
		return { ...lent.answered(undefined, 200, creditsFor(file.size, PER_MEGABYTE)), file };
	}

	function albums(call: Call): Reply {
		const files = media.vault('apiFansly', lent.accountId(call));
		const ids = [...new Set(files.map(({ album }) => album))];
		return lent.passedOn({
			albums: ids.map((id, index) => ({
				id,
				title: `Album ${index + 1}`,
				itemCount: files.filter(({ album }) => album === id).length,
			})),
		});
	}

	function albumMedia(call: Call): Reply {
		const account = lent.accountId(call);
		lent.refuseProblems(problemsOf(call.query, { limit: wholeBetween(1, 50), cursor: anyText }));
		const files = media
			.vault('apiFansly', account)
			.filter(({ album }) => album === call.params.album);
		const start = Number(lent.placeIn('vault', call.query.cursor) ?? 0);
		const end = start + Number(call.query.limit ?? 50);
		const rows = files.slice(start, end).map((file) => ({
			id: `9${file.id.slice(1)}`,
			mediaId: file.id,
			previewId: null,
			price: 0,
			media: fanslyMedia(file),
		}));
		return lent.passedOn(rows, {
			nextCursor: end < files.length ? lent.token('vault', String(end)) : null,
		});
	}

	return [
		{ method: 'post', path: `${base}/:account/media/upload`, handle: upload },
		{ method: 'get', path: `${base}/media/upload/:upload/status`, handle: status },
		{ method: 'post', path: `${base}/media/download`, handle: download },
		{ method: 'get', path: `${base}/:account/vault/albums`, handle: albums },
		{ method: 'get', path: `${base}/:account/vault/albums/:album/media`, handle: albumMedia },
	];
}
