import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { endWith } from '../test/host/command.mjs';
import { readJson, ROOT } from '../test/host/paths.mjs';
import { Problem } from '../test/host/problem.mjs';

/**
 * What a changelog (Keep a Changelog) says of a version, without its heading and the links at the
 * page's end; undefined where the version has no dated heading, or nothing stands below it.
 */
function releaseNotes(changelog, version) {
	const sections = changelog.split(/^## /m);
	const section = sections.find((text) => text.startsWith(`[${version}] - `));
	const [heading = '', ...lines] = section?.split('\n') ?? [];
	if (!/ - \d{4}-\d{2}-\d{2}$/.test(heading.trim())) return undefined;
	const notes = lines
		.filter((line) => !/^\[[^\]]+\]: /.test(line))
		.join('\n')
		.trim();
	return notes === '' ? undefined : notes;
}

/** Prints the notes of the release that a tag makes: `node release/notes.mjs v0.2.0 [folder]`. */
await endWith(() => {
	const [tag = '', folder = ROOT] = process.argv.slice(2);
	const { version } = readJson(join(folder, 'package.json'));
	if (tag !== `v${version}`) {
		throw new Problem(`The tag is "${tag}", but package.json has the version ${version}.`);
	}
	const notes = releaseNotes(readFileSync(join(folder, 'CHANGELOG.md'), 'utf8'), version);
	if (notes === undefined) {
		throw new Problem(`CHANGELOG.md has no "## [${version}] - YYYY-MM-DD" with notes below it.`);
	}
	console.log(notes);
	return 0;
});
