import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** What a tag needs to become a release: `.github/workflows/release.yml` asks `release/notes.mjs`. */

const root = resolve(__dirname, '../..');
const KINDS = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'];
const CHANGELOG = `# Changelog

## [Unreleased]

### Added

- Not yet.

## [0.2.0] - 2026-12-01

### Fixed

- A thing.

## [0.1.0] - 2026-11-01

- The first.

[Unreleased]: https://example.com/compare/v0.2.0...HEAD
`;

let folder: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'creator-chat-release-'));
	writeFileSync(join(folder, 'CHANGELOG.md'), CHANGELOG);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function notesOf(tag: string, version: string) {
	writeFileSync(join(folder, 'package.json'), JSON.stringify({ version }));
	const command = [join(root, 'release/notes.mjs'), tag, folder];
	const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
	return { status, stdout: stdout.trim(), stderr: stderr.trim() };
}

test('a release has the notes of its version alone', () => {
	expect(notesOf('v0.2.0', '0.2.0')).toEqual({
		status: 0,
		stdout: '### Fixed\n\n- A thing.',
		stderr: '',
	});
	expect(notesOf('v0.1.0', '0.1.0')).toEqual({ status: 0, stdout: '- The first.', stderr: '' });
});

test('a tag that is not the version of package.json makes no release', () => {
	const { status, stdout, stderr } = notesOf('v0.2.0', '0.1.0');
	expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
	expect(stderr).toContain('package.json has the version 0.1.0');
});

test('a version without notes makes no release', () => {
	const noDate = '## [0.3.0] - soon\n\n- A thing.\n';
	const nothingBelow = '## [0.3.0] - 2026-12-02\n\n## [0.2.0] - 2026-12-01\n\n- A thing.\n';
	for (const changelog of [CHANGELOG, noDate, nothingBelow]) {
		writeFileSync(join(folder, 'CHANGELOG.md'), changelog);
		const { status, stderr } = notesOf('v0.3.0', '0.3.0');
		expect(status).toBe(1);
		expect(stderr).toContain('## [0.3.0] - YYYY-MM-DD');
	}
});

test('the changelog keeps to Keep a Changelog', () => {
	const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
	const versions = [...changelog.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
	expect(versions[0]).toBe('[Unreleased]');
	for (const heading of versions.slice(1)) {
		expect(heading).toMatch(/^\[\d+\.\d+\.\d+[\w.-]*\] - \d{4}-\d{2}-\d{2}$/);
	}
	for (const [, kind] of changelog.matchAll(/^### (.*)$/gm)) expect(KINDS).toContain(kind);
	for (const heading of versions)
		expect(changelog).toContain(`\n${heading?.split(' ')[0]}: https://`);
});
