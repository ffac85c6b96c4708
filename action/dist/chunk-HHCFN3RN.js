import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{q as i}from"./chunk-J24LXQDM.js";var d=200,l=["diff-tree","--stdin","-p","--no-color","--no-ext-diff","--no-textconv","--no-renames"];async function m(e,s){let r=new Map;for(let t=0;t<s.length;t+=d){let f=s.slice(t,t+d).map(({commit:o,parent:n})=>`${o} ${n}
`).join(""),a=await i(e,{args:l,input:f});if(a.ended!=="done")continue;let{stdout:p}=await i(e,{args:["patch-id","--stable"],input:a.stdout});for(let o of p.split(`
`)){let[n,c]=o.split(" ");n&&c&&r.set(c,n)}}return r}export{m as a};
