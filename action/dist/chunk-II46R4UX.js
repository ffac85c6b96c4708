import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
function a(n,r){let e=r.filter(({count:t})=>t>0);if(e.length===0)return[];let i=e.map(({name:t,count:o})=>`    "${t}" : ${o}`);return["```mermaid",`pie showData title ${n}`,...i,"```",""]}export{a};
