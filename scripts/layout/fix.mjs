import fs from 'fs'; import path from 'path';
const root=process.argv[2]; const walk=(d)=>fs.readdirSync(d,{withFileTypes:true}).flatMap(e=>e.isDirectory()?walk(d+'/'+e.name):e.name.endsWith('.ts')?[d+'/'+e.name]:[]);
for(const f of walk(root+'/nodes')){ let t=fs.readFileSync(f,'utf8'); const o=t;
 t=t.replace(/'messages' \| 'records'/g,"'messages' | 'included'").replace(/ \| 'records'/g," | 'included'").replace(/\b(included|entries|response|problem|validation|entry|invalid): \1\b(?=\s*[,}])/g,'$1');
 if(/shared\/lists\/messages\.ts$|findSent\.ts$/.test(f)) t=t.replace(/, records(?=[,}\s]+(?:\}|creatorId))/g,', included: records');
 t=t.replace(/\brecords: included\b/g,'included').replace(/\brecords: (\w+)\.included\b/g,'included: $1.included');
 // words in comments and strings
 t=t.replace(/turned away/g,'rejected');
 if(t!==o) fs.writeFileSync(f,t); }
