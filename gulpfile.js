const { dest, parallel, src } = require('gulp');

/** n8n looks for a node's icon and codex file beside its compiled class. */
const icons = () => src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));
const codex = () => src('nodes/**/*.node.json').pipe(dest('dist/nodes'));
const entry = () => src('index.js').pipe(dest('dist'));

exports.build = parallel(icons, codex, entry);
