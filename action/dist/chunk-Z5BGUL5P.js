import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
var e=class extends Error{name="UserError";code;hint;constructor(o,n,a,c){super(n,c),this.code=o,this.hint=a}};var u=t=>new Date(t).toISOString().replace(/\.\d{3}Z$/,"Z");export{e as a,u as b};
