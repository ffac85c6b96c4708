import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
var d=new TextEncoder,i=n=>d.encode(n).length;function h(n,l,{maxBytes:s,maxLines:c=n.length,more:t}){let g=s-i(t(n.length))-1,e=[],r=0;for(let a of n.slice(0,c)){let o=l(a);if(r+=i(o)+1,r>g)break;e.push(o)}return e.length===n.length?e:[...e,t(n.length-e.length)]}export{i as a,h as b};
