/** No imports here, and only old syntax: this has to load on the Node it refuses. */
const OLDEST = [20, 19];

/** Ends the process with one clear line when this Node is too old for the project. */
export function requireSupportedNode() {
	const [major, minor] = process.versions.node.split('.').map(Number);
	if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return;
	console.error(
		`Node ${OLDEST.join('.')} or newer is needed; this is Node ${process.versions.node}.`,
	);
	process.exit(1);
}
