import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
function a(r,t){let n=t.filter(({count:e})=>e>0);if(n.length===0)return[];let i=n.map(({name:e,count:o})=>`    "${e}" : ${o}`);return["```mermaid",`pie showData title ${r}`,...i,"```",""]}export{a};
