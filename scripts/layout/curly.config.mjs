import tseslint from 'typescript-eslint';
export default [{ files:['**/*.ts'], languageOptions:{parser:tseslint.parser}, rules:{ curly:['error','multi-line','consistent'], 'object-shorthand':['error','always',{avoidExplicitReturnArrows:false}] } }];
