import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{a as i}from"./chunk-VLC4NVWP.js";function h(l,{maxBytes:n,note:r}){if(i(l)<=n)return l;let e=l.split(`
`),s=n-i(r(e.length,e.length))-c,t=[],o=0;for(let a of e){if(o+=i(a)+1,o>s)break;t.push(a)}return[...t,...f(t),"",r(t.length,e.length),""].join(`
`)}var g=20,c=10+g*11;function f(l){let n=null,r=0;for(let s of l){let t=/^\s{0,3}(`{3,}|~{3,})/.exec(s)?.[1]??null;t!==null?n=n===null?t:t.startsWith(n)?null:n:n===null&&(r+=u(s,"<details")-u(s,"</details>"))}let e=Array.from({length:Math.max(0,Math.min(r,g))},()=>"</details>");return[...n===null?[]:[n],...e.length===0?[]:["",...e]]}var u=(l,n)=>l.split(n).length-1;export{h as a};
