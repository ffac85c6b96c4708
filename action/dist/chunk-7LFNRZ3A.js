import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
import{c as r}from"./chunk-JBPCJBRS.js";function d({ownComment:e,on:n,marker:m,body:t}){if(e===null)return[{kind:"create_comment",on:n,marker:m,body:t}];let{id:a,copies:l=[]}=e,o=l.map(s=>({kind:"delete_comment",on:n,commentId:s}));return i(e.body)===i(t)?o:[{kind:"update_comment",on:n,commentId:a,marker:m,body:t},...o]}var i=e=>r(e.replace(/\r\n?/g,`
`).trim());export{d as a};
