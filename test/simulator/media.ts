import { createHash } from 'node:crypto';
import { isFields, textIn } from './fields';
import type { Fields, Problems } from './fields';
import { addProblem } from './fields';
import { relatedId, withPrefix } from './ids';
import type { ReceivedFile } from './multipart';
import type {
	CdnRequest,
	MediaType,
	NewFile,
	PairName,
	StoredFile,
	UploadInfo,
	WritingFault,
} from './types';

const PIECE = 65_536;
const MIME_TYPES: Record<MediaType, string> = {
	photo: 'image/jpeg',
	video: 'video/mp4',
	gif: 'image/gif',
	audio: 'audio/mpeg',
};
const ENDINGS: Record<MediaType, string> = { photo: 'jpg', video: 'mp4', gif: 'gif', audio: 'mp3' };
const FILE_EPOCH = Date.UTC(2026, 0, 1);

/** The bytes of a made-up file, the same each time, piece by piece. */
export function* bytesOf({ id, size }: Pick<StoredFile, 'id' | 'size'>): Generator<Buffer> {
	const block = Buffer.alloc(PIECE, createHash('sha512').update(id).digest());
	for (let left = size; left > 0; left -= PIECE) {
		yield left >= PIECE ? block : block.subarray(0, left);
	}
}

export function sha256Of(file: Pick<StoredFile, 'id' | 'size'>): string {
	const hash = createHash('sha256');
	for (const piece of bytesOf(file)) hash.update(piece);
	return hash.digest('hex');
}

/** Whole credits for so many bytes at a price per decimal megabyte, at least one. */
export function creditsFor(bytes: number, perMegabyte: number): number {
	return Math.max(1, Math.ceil((bytes / 1e6) * perMegabyte));
}

/** A file that was uploaded through an API. */
export interface StoredUpload extends UploadInfo {
	/** How often its state is still answered as unfinished. */
	looksLeft: number;
	/** Whether it went into the vault, where its number is what counts. */
	isInVault?: boolean;
}

/** The files of all accounts, the uploads, and what was asked of the other server. */
export class MediaStore {
	/** Where the other server is; known once it listens. */
	cdnUrl = '';
	/** What the other server answers for files that it has. */
	cdnStatus = 200;
	/** What goes wrong while it writes a file. */
	cdnFault: WritingFault | undefined;
	readonly cdnRequests: CdnRequest[] = [];
	readonly uploads: StoredUpload[] = [];
	private readonly vaults = new Map<string, StoredFile[]>();
	private fileCount = 0;

	clear(): void {
		this.cdnStatus = 200;
		this.cdnFault = undefined;
		this.cdnRequests.length = 0;
		this.uploads.length = 0;
		this.vaults.clear();
		this.fileCount = 0;
	}

	/** The account's files, newest first. */
	vault(pair: PairName, account: string): StoredFile[] {
		return [...(this.vaults.get(`${pair}/${account}`) ?? [])].reverse();
	}

	addFile(
		pair: PairName,
		account: string,
		{ type = 'photo', size = 40_000, album = '500000000000000001' }: NewFile,
	): StoredFile {
		const number = ++this.fileCount;
		const id =
			pair === 'ofapiOnlyFans' ? String(8_000_000_000 + number) : withPrefix('8', String(number));
		const host =
			pair === 'ofapiOnlyFans' ? 'https://cdn2.onlyfans.com/files' : 'https://cdn3.fansly.com';
		const file: StoredFile = {
			id,
			type,
			size,
			album,
			fileName: `file-${number}.${ENDINGS[type]}`,
			mimeType: MIME_TYPES[type],
			url: `${host}/${id}/file-${number}.${ENDINGS[type]}?Policy=p&Signature=s~s_&Key-Pair-Id=K`,
			createdAt: new Date(FILE_EPOCH + number * 60_000).toISOString(),
		};
		const key = `${pair}/${account}`;
		this.vaults.set(key, [...(this.vaults.get(key) ?? []), file]);
		return file;
	}

	/** The file at an address of the platform's servers, whoever's it is. */
	fileAt(url: string): StoredFile | undefined {
		return [...this.vaults.values()].flat().find((file) => file.url === url);
	}

	fileById(id: string): StoredFile | undefined {
		return [...this.vaults.values()].flat().find((file) => file.id === id);
	}

	addUpload(
		pair: PairName,
		account: string,
		about: {
			handle: string;
			file?: ReceivedFile;
			fileUrl?: string;
			looks: number;
			fails: boolean;
			credits: number;
		},
	): StoredUpload {
		const { handle, file, fileUrl, looks, fails, credits } = about;
		const mediaId =
			pair === 'ofapiOnlyFans'
				? String(7_000_000_000 + this.uploads.length)
				: withPrefix('8', String(900_000 + this.uploads.length));
		const upload: StoredUpload = {
			handle,
			pair,
			account,
			file,
			fileUrl,
			mediaId,
			credits,
			status: fails ? 'failed' : 'completed',
			timesUsed: 0,
			looksLeft: looks,
		};
		this.uploads.push(upload);
		return upload;
	}

	/** The upload with that handle, or with that one of its file. */
	upload(pair: PairName, handle: string): StoredUpload | undefined {
		return this.uploads.find(
			(upload) =>
				upload.pair === pair &&
				(upload.handle === handle ||
					innerHandle(upload) === handle ||
					(pair === 'apiFansly' && upload.mediaId === handle)),
		);
	}

	/** What is wrong with naming these uploads in a message; those of other makes are not known here. */
	checkUse(pair: PairName, handles: string[], problems: Problems): void {
		for (const handle of handles) {
			const upload = this.upload(pair, handle);
			if (upload === undefined) continue;
			if (upload.looksLeft > 0 || upload.status === 'failed') {
				addProblem(problems, 'mediaFiles', `names the upload ${handle}, which is not ready`);
			}
			if (pair === 'ofapiOnlyFans' && upload.timesUsed > 0) {
				addProblem(problems, 'mediaFiles', `names the upload ${handle}, which was used already`);
			}
		}
	}

	use(pair: PairName, handles: string[]): void {
		for (const handle of handles) {
			const upload = this.upload(pair, handle);
			if (upload !== undefined) upload.timesUsed++;
		}
	}
}

/** Uploads in the background have a handle of their own beside that of their file. */
export function innerHandle({ handle }: Pick<UploadInfo, 'handle'>): string {
	return `${handle}file`;
}

/** A file of OnlyFans' vault. */
export function onlyFansVaultRow({ id, type, url, createdAt }: StoredFile): Fields {
	return {
		id: Number(id),
		type,
		convertedToVideo: false,
		canView: true,
		hasError: false,
		createdAt: `${createdAt.slice(0, 19)}+00:00`,
		isReady: true,
		counters: { likesCount: 0, tipsSumm: 0 },
		files: {
			full: { url, width: 2048, height: 1360, size: 0, sources: [] },
			thumb: {
				url: `https://cdn2.onlyfans.com/files/${id}/thumb.jpg`,
				width: 300,
				height: 300,
				size: 0,
			},
			preview: {
				url: `https://cdn2.onlyfans.com/files/${id}/preview.jpg`,
				width: 960,
				height: 638,
				size: 0,
			},
			squarePreview: null,
		},
		duration: type === 'video' || type === 'audio' ? 9 : 0,
		hasPosts: false,
		listStates: [],
		releaseForms: [],
		hasCustomPreview: false,
		videoSources: { 240: null, 720: null },
	};
}

/** A file as Fansly tells of it. */
export function fanslyMedia({ id, type, url, fileName, mimeType, createdAt }: StoredFile): Fields {
	const seconds = Math.floor(Date.parse(createdAt) / 1000);
	return {
		id,
		type: { photo: 1, video: 2, gif: 1, audio: 3 }[type],
		status: 1,
		mimetype: mimeType,
		filename: fileName,
		width: 1080,
		height: 1440,
		metadata: type === 'video' ? '{"duration":9.5}' : '{"resolutionMode":2}',
		createdAt: seconds,
		updatedAt: seconds,
		variants: [
			{
				id: relatedId('4', id),
				mimetype: 'image/jpeg',
				locations: [{ locationId: '1', location: `https://cdn3.fansly.com/${id}/preview.jpeg` }],
			},
		],
		locations: [{ locationId: '1', location: url }],
	};
}

/** The file of a multipart body, its address, or neither; and what is wrong with them. */
export function uploadIn(body: unknown): {
	file?: ReceivedFile;
	fileUrl?: string;
	isAsync: boolean;
	problems: Problems;
} {
	const fields = isFields(body) ? body : {};
	const problems: Problems = {};
	const file = receivedFile(fields.file);
	const fileUrl = textIn(fields, 'file_url') || undefined;
	for (const name of Object.keys(fields)) {
		if (!['file', 'file_url', 'async'].includes(name)) {
			addProblem(problems, name, 'is not a documented field');
		}
	}
	if (file === undefined && fileUrl === undefined) {
		addProblem(problems, 'file', 'is required when there is no file_url');
	}
	if (file !== undefined && fileUrl !== undefined) {
		addProblem(problems, 'file', 'cannot be combined with file_url');
	}
	if (fields.async !== undefined && !['true', 'false'].includes(textIn(fields, 'async'))) {
		addProblem(problems, 'async', 'must be true or false');
	}
	return { file, fileUrl, isAsync: fields.async === 'true', problems };
}

function receivedFile(value: unknown): ReceivedFile | undefined {
	if (!isFields(value) || typeof value.size !== 'number') return undefined;
	return {
		fileName: textIn(value, 'fileName'),
		mimeType: textIn(value, 'mimeType'),
		size: value.size,
		sha256: textIn(value, 'sha256'),
	};
}
