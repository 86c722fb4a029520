set -e
W=$1
cd .
node rehouse.mjs $W extra.json
node renames.mjs $W
node fix.mjs $W
(cd $W && npx tsc --noEmit | head -20) || true
python3 four.py $W
node routing.mjs $W
python3 helpers.py $W
echo '{}' > none.json
node rehouse-imports.mjs $W
(cd $W && npx tsc --noEmit | head -20) || true
python3 testfix.py $W
node wrap.mjs $W
cp .prettierrc.json $W/
(cd $W && ./node_modules/.bin/prettier --log-level warn --write 'test/**/*.{ts,mjs,cjs}' '*.{js,mjs}' '!test/host/node_modules/**' '!test/**/fixtures/**')
(cd $W && npx eslint --no-config-lookup --no-inline-config -c node_modules/.curly.config.mjs --fix nodes credentials test --ignore-pattern '**/node_modules/**' && ./node_modules/.bin/prettier --log-level warn --write 'nodes/**/*.ts' 'credentials/**/*.ts' 'test/**/*.{ts,mjs,cjs}' '!test/host/node_modules/**' '!test/**/fixtures/**')
