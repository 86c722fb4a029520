const { rmSync } = require('node:fs');

/** Takes away what globalSetup made. */
module.exports = () => {
	rmSync(process.env.N8N_USER_FOLDER, { recursive: true, force: true });
};
