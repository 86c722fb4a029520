import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Chromium's program under the names that systems give it. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Chromium's path on this machine; undefined where it has none. */
export function chromiumPath() {
	return NAMES.flatMap((name) =>
		process.env.PATH.split(delimiter).map((folder) => join(folder, name)),
	).find(existsSync);
}

/** The Debian packages that the editor's tests need and this machine does not have. */
export function missingBrowser() {
	return chromiumPath() === undefined ? ['chromium'] : [];
}
