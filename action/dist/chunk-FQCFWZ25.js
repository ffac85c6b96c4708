import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
function e(n){let t=2166136261;for(let r of new TextEncoder().encode(n))t=Math.imul(t^r,16777619)>>>0;return t.toString(16).padStart(8,"0")}export{e as a};
