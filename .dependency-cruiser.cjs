/** The floors of nodes/shared, from the bottom up: each imports only from its own folder and from lower floors. */
const FLOORS = require('./.floors.json');

const shared = (folders) => `^nodes/shared/(?:${folders.join('|')})/`;

const floorRules = FLOORS.flatMap((folders, floor) =>
	folders.map((folder) => ({
		name: `floor-${floor + 1}-${folder}`,
		comment: `${folder} imports only from its own folder and from the floors below it`,
		severity: 'error',
		from: { path: shared([folder]) },
		to: { path: '^nodes/', pathNot: shared([folder, ...FLOORS.slice(0, floor).flat()]) },
	})),
);

module.exports = {
	forbidden: [
		{ name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
		...floorRules,
		{
			name: 'platforms-know-no-provider',
			severity: 'error',
			from: { path: '^nodes/platforms/' },
			to: { path: '^nodes/', pathNot: ['^nodes/platforms/', '^nodes/shared/'] },
		},
		{
			name: 'providers-know-no-pair',
			severity: 'error',
			from: { path: '^nodes/providers/' },
			to: {
				path: '^nodes/',
				pathNot: ['^nodes/providers/', '^nodes/platforms/', '^nodes/shared/'],
			},
		},
		{
			name: 'pairs-know-no-other-pair',
			severity: 'error',
			from: { path: '^nodes/(?!shared|platforms|providers)([^/]+)/' },
			to: { path: '^nodes/(?!shared|platforms|providers)', pathNot: '^nodes/$1/' },
		},
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.json' },
		enhancedResolveOptions: { extensions: ['.ts', '.js', '.json'] },
	},
};
