import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
function o(e,{owner:t,repo:r}){let n=`${t}/${r}`.replace(/[^\w/-]/g,"\\$&");return e.replace(new RegExp(`(?<![\\w./-])${n}#`,"gi"),"#")}export{o as a};
