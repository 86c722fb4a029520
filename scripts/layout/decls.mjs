import { Project } from 'ts-morph';
const root=process.argv[2];
const p=new Project({tsConfigFilePath:root+'/tsconfig.json'});
for(const f of p.getSourceFiles()){ if(!/nodes\/(shared|Ofapi|providers|platforms)\//.test(f.getFilePath()))continue;
 console.log('\n## '+f.getFilePath().slice(root.length+1)+' '+f.getEndLineNumber());
 const imps=f.getImportDeclarations().filter(i=>i.getModuleSpecifierValue().startsWith('.')).map(i=>i.getModuleSpecifierValue().replace('./','')+'{'+i.getNamedImports().map(n=>n.getName()).join(' ')+'}');
 console.log('  < '+imps.join(' '));
 for(const s of f.getStatements()){ if(s.getKindName()==='ImportDeclaration')continue; 
  const names = s.getKindName()==='VariableStatement'? s.getDeclarations().map(d=>d.getName()).join(','): (s.getName?.()??s.getText().slice(0,30));
  const exp = s.isExported?.()?'*':' ';
  console.log('  '+exp+names+' ['+(s.getEndLineNumber()-s.getStartLineNumber()+1)+']'); }
}
