import { Project, Node, SyntaxKind } from 'ts-morph'; import * as prettier from 'prettier'; import fs from 'fs'; import path from 'path';
const root=path.resolve(process.argv[2]); const dirs=(process.argv[3]??'nodes,credentials').split(',');
const cfg=JSON.parse(fs.readFileSync('./.prettierrc.json','utf8'));
const walk=(d)=>!fs.existsSync(d)?[]:fs.readdirSync(d,{withFileTypes:true}).flatMap(e=>e.name==='node_modules'||e.name==='fixtures'?[]:e.isDirectory()?walk(d+'/'+e.name):/\.(ts|mjs|cjs)$/.test(e.name)?[d+'/'+e.name]:[]);
const fmt=(t,f)=>prettier.format(t,{...cfg,filepath:f});
const W=100; const width=(l)=>[...l.replace(/\t/g,'  ')].length;
const reflow=(words,first,rest)=>{ const out=[]; let cur=first; let empty=true; for(const w of words){ if(!empty&&width(cur+' '+w)>W){ out.push(cur); cur=rest; empty=true; } cur+=(empty?'':' ')+w; empty=false; } out.push(cur); return out; };
function comments(t){ // JSDoc and //
 t=t.replace(/^([\t ]*)\/\*\* ?([^\n]*?) ?\*\/$/gm,(m,ind,text)=>width(m)<=W?m:[`${ind}/**`,...reflow(text.split(/\s+/),`${ind} * `,`${ind} * `),`${ind} */`].join('\n'));
 t=t.replace(/^([\t ]*)\/\*\*\n((?:[\t ]*\*(?!\/)[^\n]*\n)+)[\t ]*\*\/$/gm,(m,ind,body)=>{ if(!m.split('\n').some(l=>width(l)>W)) return m; const paras=[]; for(const l of body.split('\n').slice(0,-1)){ const x=l.replace(/^[\t ]*\* ?/,''); if(x===''||/^[-|@]/.test(x)) paras.push([x],[]); else { if(!paras.length) paras.push([]); paras.at(-1).push(x);} } const lines=[]; for(const p of paras){ if(p.length===0) continue; if(p.length===1&&p[0]===''){ lines.push(`${ind} *`); continue;} lines.push(...reflow(p.join(' ').split(/\s+/),`${ind} * `,`${ind} * `)); } return [`${ind}/**`,...lines,`${ind} */`].join('\n'); });
 t=t.replace(/^((?:[\t ]*\/\/ [^\n]*\n)+)/gm,(m)=>{ const ls=m.split('\n').slice(0,-1); if(!ls.some(l=>width(l)>W)) return m; const ind=/^[\t ]*/.exec(ls[0])[0]; return reflow(ls.map(l=>l.replace(/^[\t ]*\/\/ /,'')).join(' ').split(/\s+/),`${ind}// `,`${ind}// `).join('\n')+'\n'; });
 return t; }
const project=new Project({useInMemoryFileSystem:false,skipAddingFilesFromTsConfig:true});
let left=0;
for(const f of dirs.flatMap(d=>walk(root+'/'+d))){ let t=fs.readFileSync(f,'utf8'); try{ t=await fmt(t,f);}catch(e){console.log(f,e.message);continue;}
 for(let round=0;round<6;round++){ t=comments(t); t=await fmt(t,f); const lines=t.split('\n'); const long=lines.map((l,i)=>[l,i]).filter(([l])=>width(l)>W); if(!long.length) break;
  const sf=project.createSourceFile('./x.ts',t,{overwrite:true}); const edits=[];
  for(const [l,i] of long){ const cands=sf.getDescendants().filter(n=>(Node.isStringLiteral(n)||Node.isNoSubstitutionTemplateLiteral(n)||Node.isTemplateExpression(n))&&n.getStartLineNumber()===i+1&&n.getEndLineNumber()===i+1&&!Node.isImportDeclaration(n.getParent())&&!Node.isPropertyAssignment(n.getParent())?.valueOf&&n.getText().length>30).sort((a,b)=>b.getText().length-a.getText().length); 
   const all=sf.getDescendants().filter(n=>(Node.isStringLiteral(n)||Node.isNoSubstitutionTemplateLiteral(n)||Node.isTemplateExpression(n))&&n.getStartLineNumber()===i+1&&n.getEndLineNumber()===i+1&&!Node.isImportDeclaration(n.getParent())&&n.getText().length>30&&!(Node.isPropertyAssignment(n.getParent())&&n.getParent().getNameNode()===n)).sort((a,b)=>b.getText().length-a.getText().length);
   const n=all[0]; if(!n||n.getText().includes('expressions/">expression</a>')) continue; const col=width(l.slice(0,n.getStart()-n.getStartLinePos())); 
   const text=n.getText(); const q=text[0]; const isT=q==='`';
   // spaces where to split, outside of ${}
   let depth=0; const spots=[]; for(let k=1;k<text.length-1;k++){ if(isT&&text.startsWith('${',k)){depth++;k++;continue;} if(depth){ if(text[k]==='{')depth++; if(text[k]==='}')depth--; continue;} if(text[k]===' ') spots.push(k); }
   const lead=width(/^\t*/.exec(l)[0]); const max=Math.min(W-Math.max(lead+2,4)-4, W-8-lead); const ok=spots.filter(k=>k<=max); let k=ok.at(-1)??spots[0]; if(k===undefined||text.length-k<4) continue;
   const par=n.getParent(); const a=text.slice(0,k+1)+q, b=q+text.slice(k+1); const simp=(s)=>s[0]==='`'&&!s.includes('${')&&!s.includes("'")&&!s.includes('\\`')?`'${s.slice(1,-1)}'`:s;
   const needParen=!(Node.isPropertyAssignment(par)||Node.isCallExpression(par)||Node.isNewExpression(par)||Node.isArrayLiteralExpression(par)||Node.isVariableDeclaration(par)||Node.isBinaryExpression(par)||Node.isParenthesizedExpression(par)||Node.isReturnStatement(par)||Node.isArrowFunction(par));
   if(Node.isLiteralTypeNode(par)) continue;
   const rep=`${simp(a)} + ${simp(b)}`; edits.push([n.getStart(),n.getEnd(),needParen?`(${rep})`:rep]); }
  if(!edits.length) break; edits.sort((x,y)=>y[0]-x[0]); for(const [s,e,r] of edits) t=t.slice(0,s)+r+t.slice(e); try{ t=await fmt(t,f);}catch(e){ console.log('fmt',f,e.message); break; } }
 for(const [i,l] of t.split('\n').entries()) if(width(l)>W){ left++; console.log(path.relative(root,f)+':'+(i+1)+' '+l.trim().slice(0,110)); }
 fs.writeFileSync(f,t); }
console.log('long lines left',left);
