import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
var n=r=>r.replaceAll("_"," ");export{n as a};
